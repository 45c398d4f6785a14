package org.resticmanager.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.resticmanager.agent.restic.ResticProcess;
import org.resticmanager.protocol.wire.WireCodec;

class ArchitectureTest {

  // checked by plain tests: surefire passes over rules in fields without a word
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.resticmanager.agent");

  @Test
  void onlyResticProcessStartsProcesses() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(ResticProcess.class)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ProcessBuilder.class.getName())
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .because("arguments, environment and the way to end a restic are decided in one place")
        .check(CLASSES);
  }

  @Test
  void theAgentMakesOneCodec() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.resticmanager.agent.cli.RunCommand")
        .should()
        .callConstructor(WireCodec.class)
        .because("it looks at all messages, which took longer than all else that a job costs")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching("org.resticmanager.agent.(*)..")
        .should()
        .beFreeOfCycles()
        .because("each package can then be understood on top of those below it")
        .check(CLASSES);
  }

  @Test
  void noXmlBinding() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.xml.bind..", "org.resticmanager.protocol.fleet..")
        .because("the agent carries no JAXB runtime")
        .check(CLASSES);
  }

  @Test
  void resticKnowsNoJobs() {
    noClasses()
        .that()
        .resideInAPackage("..agent.restic..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..agent.job..",
            "..agent.spool..",
            "..agent.connection..",
            "..protocol.announcement..",
            "..protocol.cron..",
            "..protocol.wire..")
        .because("what restic says is read in one place, whoever asks")
        .check(CLASSES);
  }

  @Test
  void onlyConnectionKnowsTheWebSocket() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..agent.connection..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.websocket..", "org.glassfish.tyrus..")
        .because("jobs run whether or not anybody listens")
        .check(CLASSES);
  }
}
