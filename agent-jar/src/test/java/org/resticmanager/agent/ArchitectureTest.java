package org.resticmanager.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.resticmanager.agent.restic.ResticProcess;

@AnalyzeClasses(
    packages = "org.resticmanager.agent",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule onlyResticProcessStartsProcesses =
      noClasses()
          .that()
          .doNotBelongToAnyOf(ResticProcess.class)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(ProcessBuilder.class.getName())
          .orShould()
          .callMethod(Runtime.class, "exec", String[].class)
          .because("arguments, environment and the way to end a restic are decided in one place");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices()
          .matching("org.resticmanager.agent.(*)..")
          .should()
          .beFreeOfCycles()
          .because("each package can then be understood on top of those below it");

  @ArchTest
  static final ArchRule noXmlBinding =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.xml.bind..", "org.resticmanager.protocol.fleet..")
          .because("the agent carries no JAXB runtime");

  @ArchTest
  static final ArchRule resticKnowsNoJobs =
      noClasses()
          .that()
          .resideInAPackage("..agent.restic..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..agent.job..", "..agent.spool..", "..agent.connection..", "..protocol..")
          .because("what restic says is read in one place, whoever asks");

  @ArchTest
  static final ArchRule onlyConnectionKnowsTheWebSocket =
      noClasses()
          .that()
          .resideOutsideOfPackage("..agent.connection..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.websocket..", "org.glassfish.tyrus..")
          .because("jobs run whether or not anybody listens");
}
