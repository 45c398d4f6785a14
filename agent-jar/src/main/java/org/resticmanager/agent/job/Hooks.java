package org.resticmanager.agent.job;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.restic.Hook;
import org.resticmanager.agent.restic.Interruption;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.CommandRun;

/**
 * The hooks of a job, each run once: the pre hook, without whose success restic is not started, and
 * the post hook, which is told how the job ended.
 */
final class Hooks {

  private static final Duration UNLESS_TOLD = Duration.ofMinutes(10);

  private final JobSpool spool;
  private final JobLog log;
  private final String shell;
  private final Clock clock;

  /**
   * @param shell runs them; empty for the system's own
   */
  Hooks(JobSpool spool, JobLog log, String shell, Clock clock) {
    this.spool = spool;
    this.log = log;
    this.shell = shell;
    this.clock = clock;
  }

  /** Whether there is any. */
  static boolean wanted(CommandRun command) {
    return !command.preHook().isEmpty() || !command.postHook().isEmpty();
  }

  /** Runs the pre hook if there is one; why the job has failed, empty if it goes on. */
  Optional<String> pre(Interruption wish) throws IOException {
    return run("pre-hook", "pre hook", spool.command().preHook(), Map.of(), wish);
  }

  /**
   * Runs the post hook if there is one, however the job ended.
   *
   * @return the outcome; with a remark if the hook went wrong
   */
  Outcome post(Outcome outcome, Interruption wish) throws IOException {
    Optional<String> failure =
        run(
            "post-hook",
            "post hook",
            spool.command().postHook(),
            Map.of("RM_JOB_STATUS", outcome.status().wireName()),
            wish);
    return failure.map(outcome::remarked).orElse(outcome);
  }

  private Optional<String> run(
      String name, String inWords, String hook, Map<String, String> more, Interruption wish)
      throws IOException {
    if (hook.isEmpty()) {
      return Optional.empty();
    }
    log.note("runs the " + inWords);
    Map<String, String> variables = new HashMap<>(more);
    variables.put("RM_JOB_ID", spool.id().value());
    variables.put("RM_JOB_KIND", spool.command().kind().wireName());
    variables.put("RM_SOURCE_GROUP", spool.command().tag());
    Optional<String> failure =
        new Hook(spool.folder(), clock, wish, log)
            .run(name, command(hook), variables, limit(), log);
    return failure.map(why -> "the " + inWords + " " + why);
  }

  private List<String> command(String hook) {
    if (!shell.isEmpty()) {
      return List.of(shell, "-c", hook);
    }
    return Machine.posix() ? List.of("/bin/sh", "-c", hook) : List.of("cmd.exe", "/c", hook);
  }

  private Duration limit() {
    Long seconds = spool.command().hookTimeoutSeconds();
    return seconds == null || seconds == 0 ? UNLESS_TOLD : Duration.ofSeconds(seconds);
  }
}
