package org.resticmanager.agent.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.resticmanager.agent.config.AgentVersion;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.agent.config.RunLock;
import org.resticmanager.agent.config.SpoolSettings;
import org.resticmanager.agent.restic.ResticBinary;
import org.resticmanager.agent.restic.ResticMissing;
import org.resticmanager.agent.restic.Version;
import org.resticmanager.agent.spool.JobOnDisk;
import org.resticmanager.agent.spool.SpoolUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Agent.Versions.class,
    description = "Says where this agent stands.")
final class StatusCommand implements Callable<Integer> {

  @Mixin private DataOption data;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    DataFolder folder = data.folder();
    PrintWriter out = spec.commandLine().getOut();
    Optional<Enrolment> enrolment = new EnrolmentStore(folder).load();
    out.println("agent:    " + AgentVersion.current());
    out.println("data:     " + folder.root());
    if (enrolment.isEmpty()) {
      out.println("enrolled: no");
      out.flush();
      throw new Failure(ExitCode.ENROLMENT, "this agent is not enrolled (" + folder.root() + ")");
    }
    out.println(
        "enrolled: at "
            + enrolment.get().server()
            + " as "
            + enrolment.get().hostName()
            + " ("
            + enrolment.get().hostId()
            + ")");
    out.println("running:  " + (running(folder) ? "yes" : "no"));
    out.println("restic:   " + restic(enrolment.get()));
    out.println("spool:    " + SpoolUse.of(folder, SpoolSettings.ofThisProcess()).inWords());
    List<JobOnDisk> jobs = JobOnDisk.list(folder);
    out.println("jobs:     " + (jobs.isEmpty() ? "none" : jobs.size() + " held"));
    jobs.forEach(job -> out.println("  " + job.id() + " " + job.kind() + " " + job.status()));
    out.flush();
    return ExitCode.OK;
  }

  private static boolean running(DataFolder folder) throws IOException {
    if (!Files.isDirectory(folder.root())) {
      return false;
    }
    Optional<RunLock> lock = RunLock.take(folder);
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  private static String restic(Enrolment enrolment) {
    try {
      ResticBinary found = new Version(enrolment.restic(), System.getenv("PATH")).find();
      return found.path() + " " + found.version().text();
    } catch (ResticMissing e) {
      return e.getMessage();
    }
  }
}
