package org.resticmanager.protocol;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  // checked by plain tests: surefire passes over rules in fields without a word
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.resticmanager.protocol");

  @Test
  void messagesNeedNothingButTheJsonApi() {
    classes()
        .that()
        .resideInAPackage("..protocol.wire..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "jakarta.json",
            "jakarta.json.spi",
            "jakarta.json.stream",
            "..protocol.json..",
            "..protocol.wire..")
        .because("each server brings its own JSON implementation, and the agent a small one")
        .check(CLASSES);
  }

  @Test
  void nothingHasAStateThatChanges() {
    fields()
        .that()
        .areDeclaredInClassesThat(not(simpleName("Builder")))
        .and(not(modifier(JavaModifier.SYNTHETIC)))
        .should()
        .beFinal()
        .because("messages and the codec are shared between threads; builders are not")
        .check(CLASSES);
  }
}
