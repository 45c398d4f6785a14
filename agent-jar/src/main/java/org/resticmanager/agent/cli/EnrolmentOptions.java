package org.resticmanager.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.resticmanager.agent.config.AnnouncementKey;
import org.resticmanager.agent.config.ClientKeystore;
import org.resticmanager.agent.config.ConfigProblem;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.config.Pin;
import org.resticmanager.agent.config.RunLock;
import org.resticmanager.agent.connection.EnrolmentCall;
import org.resticmanager.agent.connection.EnrolmentFailed;
import org.resticmanager.agent.connection.ServerAddress;
import org.resticmanager.agent.connection.ServerTrust;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all ways to become a host have in common: where, as what, and what is kept of it. */
final class EnrolmentOptions {

  @Mixin private DataOption data;

  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "The control plane, for example https://backup.example.com")
  private String server;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The host's name; the machine's own unless given.")
  private String name;

  @Option(
      names = "--restic",
      paramLabel = "PATH",
      description = "The restic to run; the one on PATH unless given.")
  private Path restic;

  @Option(
      names = "--pin",
      paramLabel = "sha256/BASE64",
      description = "The control plane's key, the only one that is trusted from now on.")
  private String pin;

  @Option(names = "--replace", description = "Forgets an earlier enrolment.")
  private boolean replace;

  /** A way to become a host. */
  interface Way {

    /**
     * Asks the control plane.
     *
     * @param trust whom to take for it
     * @param hostname the name that the host is to have
     */
    EnrolmentCall.Enrolled go(
        ServerAddress address,
        ServerTrust trust,
        String hostname,
        Machine machine,
        DataFolder folder)
        throws EnrolmentFailed, IOException;
  }

  /** Becomes a host in this way, and keeps what came of it; returns the sentence to print. */
  String enrol(Way way) throws IOException {
    ServerAddress address = ServerAddress.parse(server);
    DataFolder folder = data.folder().prepared();
    try (RunLock lock = lock(folder)) {
      EnrolmentStore store = new EnrolmentStore(folder);
      Optional<Enrolment> earlier = earlier(store);
      Machine machine = Machine.local();
      String hostname = name == null || name.isBlank() ? machine.hostname() : name.strip();
      Optional<Pin> pinned = Optional.ofNullable(pin).map(Pin::new);
      ServerTrust trust = new ServerTrust(pinned, ClientKeystore.ofThisProcess());
      EnrolmentCall.Enrolled enrolled = ask(way, address, trust, hostname, machine, folder);
      if (earlier.isPresent() && !sameHost(earlier.get(), address, enrolled)) {
        forgetJobsAndSecrets(folder);
      }
      store.save(
          new Enrolment(
              address.base(),
              enrolled.hostId(),
              enrolled.hostName(),
              enrolled.agentToken(),
              Optional.ofNullable(restic).map(Path::toAbsolutePath),
              pinned));
      AnnouncementKey.forget(folder);
      return "enrolled at " + address + " as " + enrolled.hostName();
    }
  }

  private static EnrolmentCall.Enrolled ask(
      Way way,
      ServerAddress address,
      ServerTrust trust,
      String hostname,
      Machine machine,
      DataFolder folder)
      throws IOException {
    try {
      return way.go(address, trust, hostname, machine, folder);
    } catch (EnrolmentFailed e) {
      throw new Failure(
          e.obstacle() == EnrolmentFailed.Obstacle.REFUSED
              ? ExitCode.REFUSED
              : ExitCode.NOT_REACHABLE,
          e.getMessage());
    }
  }

  private RunLock lock(DataFolder folder) throws IOException {
    return RunLock.take(folder)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.RUNNING,
                    "an agent runs on " + folder.root() + "; stop it before enrolling"));
  }

  private Optional<Enrolment> earlier(EnrolmentStore store) {
    Optional<Enrolment> earlier;
    try {
      earlier = store.load();
    } catch (ConfigProblem e) {
      if (replace) {
        return Optional.empty();
      }
      throw e;
    }
    if (earlier.isPresent() && !replace) {
      throw new Failure(
          ExitCode.ENROLMENT,
          "this agent is already enrolled at "
              + earlier.get().server()
              + " as "
              + earlier.get().hostName()
              + "; use --replace to forget that");
    }
    return earlier;
  }

  private static boolean sameHost(
      Enrolment earlier, ServerAddress address, EnrolmentCall.Enrolled enrolled) {
    return earlier.server().equals(address.base()) && earlier.hostId().equals(enrolled.hostId());
  }

  /** They belong to the host that this agent no longer is. */
  private static void forgetJobsAndSecrets(DataFolder folder) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.walk(folder.jobs())) {
      old = files.filter(file -> !file.equals(folder.jobs())).sorted().toList();
    }
    for (int i = old.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(old.get(i));
    }
    Files.deleteIfExists(folder.secrets());
    Files.deleteIfExists(folder.finishedJobs());
  }
}
