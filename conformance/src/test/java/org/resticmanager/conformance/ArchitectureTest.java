package org.resticmanager.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.resticmanager.conformance");

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching("org.resticmanager.conformance.(*)..")
        .should()
        .beFreeOfCycles()
        .because("each package can then be understood on top of those below it")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineStartsProcesses() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..conformance.cli..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ProcessBuilder.class.getName())
        .because("what the user's commands get and how they end is decided in one place")
        .check(CLASSES);
  }

  @Test
  void socketsKnowNothingOfTheProtocol() {
    noClasses()
        .that()
        .resideInAPackage("..conformance.socket..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.resticmanager.protocol..")
        .because("they must send what the protocol forbids")
        .check(CLASSES);
  }

  @Test
  void oneSideKnowsNothingOfTheOther() {
    noClasses()
        .that()
        .resideInAPackage("..conformance.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..conformance.agent..")
        .because("what both need belongs below them")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..conformance.agent..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..conformance.server..")
        .because("what both need belongs below them")
        .check(CLASSES);
  }
}
