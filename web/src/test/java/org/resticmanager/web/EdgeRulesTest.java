package org.resticmanager.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.json.Json;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeRulesTest {

  /** Imported once: it takes a second. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.resticmanager.web");

  private static final List<Class<? extends Annotation>> VERBS =
      List.of(GET.class, POST.class, PUT.class, DELETE.class, PATCH.class);

  @Test
  void everyResourceMethodSaysWhoMayCallIt() {
    ArchRule rule =
        methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Path.class)
            .should(nameARoleIfTheyServeRequests())
            .because("a forgotten rule must show in the build, not as an open or a dead door");
    rule.check(CLASSES);
  }

  @Test
  void edgesDoNotTouchTheDatabase() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.postgresql..")
            .because("an edge unpacks, calls one boundary and answers");
    rule.check(CLASSES);
  }

  @Test
  void edgesDoNotKnowEachOther() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("..web.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..web.ui..", "..web.agent..")
            .because("each edge stands alone");
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
