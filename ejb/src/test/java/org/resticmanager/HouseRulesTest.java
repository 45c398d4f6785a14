package org.resticmanager;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.Schedule;
import jakarta.ejb.Schedules;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.json.Json;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  /** Imported once: it takes a second. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.resticmanager");

  @Test
  void componentsKnowEachOtherInOneDirection() {
    ArchRule rule =
        slices()
            .matching("org.resticmanager.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a circle of components is one big component");
    rule.check(CLASSES);
  }

  @Test
  void theDomainKnowsNoEdge() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "jakarta.websocket..", "jakarta.ws.rs..", "jakarta.faces..", "jakarta.servlet..")
            .because("the edges call the domain, never the other way round");
    rule.check(CLASSES);
  }

  @Test
  void nothingOfAVendor() {
    ArchRule rule =
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
    rule.check(CLASSES);
  }

  @Test
  void theJsonProviderIsLookedForOnce() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Json.class)
            .because("its methods look for the provider at each call: take FoundJson.JSON");
    rule.check(CLASSES);
  }

  @Test
  void onlyStoresTouchTheDatabase() {
    ArchRule rule =
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
    rule.check(CLASSES);
  }

  @Test
  void entitiesNeverLeaveTheirComponent() {
    ArchRule rule =
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
    rule.check(CLASSES);
  }

  @Test
  void namesSayWhatAClassIs() {
    ArchRule rule =
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
    rule.check(CLASSES);
  }

  @Test
  void boundariesSayWhoMayCall() {
    ArchRule rule =
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
    rule.check(CLASSES);
  }

  @Test
  void timersHaveNoTransactionOfTheirOwn() {
    ArchRule rule =
        classes()
            .that(
                describe(
                    "have a timer",
                    type -> type.getMethods().stream().anyMatch(HouseRulesTest::timer)))
            .should()
            .beAnnotatedWith(
                describe(
                    "transactions of the bean's own",
                    annotation ->
                        annotation.getRawType().isEquivalentTo(TransactionManagement.class)
                            && annotation.get("value").toString().contains("BEAN")))
            .because(
                "Payara begins a transaction around a timer's method whatever its class says of"
                    + " transactions of the container: all that a tick does would then be one, and"
                    + " hold every lock to its end");
    rule.check(CLASSES);
  }

  private static boolean timer(JavaMethod method) {
    return method.isAnnotatedWith(Schedule.class) || method.isAnnotatedWith(Schedules.class);
  }
}
