package org.resticmanager.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.List;

@AnalyzeClasses(
    packages = "org.resticmanager.web",
    importOptions = ImportOption.DoNotIncludeTests.class)
class EdgeRulesTest {

  private static final List<Class<? extends Annotation>> VERBS =
      List.of(GET.class, POST.class, PUT.class, DELETE.class, PATCH.class);

  @ArchTest
  static final ArchRule everyResourceMethodSaysWhoMayCallIt =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Path.class)
          .should(nameARoleIfTheyServeRequests())
          .because("a forgotten rule must show in the build, not as an open or a dead door");

  @ArchTest
  static final ArchRule edgesDoNotTouchTheDatabase =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.persistence..", "org.postgresql..")
          .because("an edge unpacks, calls one boundary and answers");

  @ArchTest
  static final ArchRule edgesDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("..web.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..web.ui..", "..web.agent..")
          .because("each edge stands alone");

  private static ArchCondition<JavaMethod> nameARoleIfTheyServeRequests() {
    return new ArchCondition<>("name a role if they serve requests") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean serves = VERBS.stream().anyMatch(method::isAnnotatedWith);
        boolean ruled =
            method.isAnnotatedWith(RolesAllowed.class) || method.isAnnotatedWith(PermitAll.class);
        if (serves && !ruled) {
          events.add(
              SimpleConditionEvent.violated(method, method.getFullName() + " names no role"));
        }
      }
    };
  }
}
