package org.resticmanager.agent.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.resticmanager.agent.config.AnnouncementKey;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.connection.AnnouncementCall;
import org.resticmanager.agent.connection.EnrolmentCall;
import org.resticmanager.agent.connection.EnrolmentFailed;
import org.resticmanager.agent.connection.ServerAddress;
import org.resticmanager.agent.connection.ServerTrust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "announce",
    mixinStandardHelpOptions = true,
    versionProvider = Agent.Versions.class,
    description = {
      "Asks a control plane to take this machine, without a token.",
      "Shows the fingerprint of a key, and waits until an administrator has compared and accepted"
          + " it. Interrupted, it goes on with the same key."
    })
final class AnnounceCommand implements Callable<Integer> {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  @Mixin private EnrolmentOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    say(options.enrol(this::announceAndWait));
    return ExitCode.OK;
  }

  private EnrolmentCall.Enrolled announceAndWait(
      ServerAddress address, ServerTrust trust, String hostname, Machine machine, DataFolder folder)
      throws EnrolmentFailed {
    AnnouncementKey key = AnnouncementKey.of(folder);
    AnnouncementCall call = new AnnouncementCall(address, trust, key);
    String announcement = call.announce(hostname, machine);
    say("announced at " + address + " as " + hostname);
    say("fingerprint: " + key.publicKey().fingerprint());
    say("waiting until an administrator accepts this fingerprint …");
    Duration pause = FIRST_PAUSE;
    while (true) {
      Optional<EnrolmentCall.Enrolled> enrolled = ask(call, announcement);
      if (enrolled.isPresent()) {
        return enrolled.get();
      }
      await(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  /** A server that is away for a while has not decided yet. */
  private static Optional<EnrolmentCall.Enrolled> ask(AnnouncementCall call, String announcement)
      throws EnrolmentFailed {
    try {
      return call.claim(announcement);
    } catch (EnrolmentFailed e) {
      if (e.obstacle() == EnrolmentFailed.Obstacle.REFUSED) {
        throw e;
      }
      System.getLogger(AnnounceCommand.class.getName())
          .log(System.Logger.Level.WARNING, "{0}; trying again", e.getMessage());
      return Optional.empty();
    }
  }

  private static void await(Duration pause) throws EnrolmentFailed {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "interrupted");
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
