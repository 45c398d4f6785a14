package org.resticmanager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.Stateless;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import java.sql.Connection;

@AnalyzeClasses(
    packages = "org.resticmanager",
    importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

  @ArchTest
  static final ArchRule componentsKnowEachOtherInOneDirection =
      slices()
          .matching("org.resticmanager.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a circle of components is one big component");

  @ArchTest
  static final ArchRule theDomainKnowsNoEdge =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.websocket..", "jakarta.ws.rs..", "jakarta.faces..", "jakarta.servlet..")
          .because("the edges call the domain, never the other way round");

  @ArchTest
  static final ArchRule nothingOfAVendor =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.hibernate..",
              "org.eclipse.persistence..",
              "fish.payara..",
              "com.ibm..",
              "org.jboss..",
              "org.wildfly..")
          .because("the same archive runs on every server");

  @ArchTest
  static final ArchRule onlyStoresTouchTheDatabase =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Store")
          .and()
          .resideOutsideOfPackage("..platform..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(EntityManager.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Connection.class)
          .because("SQL and JPA stand in one kind of class");

  @ArchTest
  static final ArchRule entitiesNeverLeaveTheirComponent =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Stateless.class)
          .and()
          .arePublic()
          .should()
          .notHaveRawReturnType(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "an entity", type -> type.isAnnotatedWith(Entity.class)))
          .because("boundaries return records");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Dao")
          .because("these words say nothing");

  @ArchTest
  static final ArchRule boundariesSayWhoMayCall =
      classes()
          .that()
          .areAnnotatedWith(Stateless.class)
          .and()
          .haveSimpleNameNotEndingWith("Jobs")
          .should()
          .beAnnotatedWith(jakarta.annotation.security.PermitAll.class)
          .because(
              "on some servers a method without a rule is closed once another has one; Jobs names"
                  + " roles on every method");
}
