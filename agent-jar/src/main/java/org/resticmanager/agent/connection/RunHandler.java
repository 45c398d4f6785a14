package org.resticmanager.agent.connection;

import java.io.IOException;
import java.util.Optional;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.job.JobRunner;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.CommandRun;

/** Stores a job, and only then says that it is accepted. */
final class RunHandler implements Handler<CommandRun> {

  private final Spool spool;

  RunHandler(Spool spool) {
    this.spool = spool;
  }

  @Override
  public void take(CommandRun command, Exchange exchange) {
    Optional<String> refusal = accept(command);
    refusal.ifPresent(
        reason -> exchange.warn("job " + Words.oneLine(command.jobId()) + " refused: " + reason));
    exchange.answer(new CommandResult(command.jobId(), refusal.isEmpty(), refusal.orElse("")));
  }

  private Optional<String> accept(CommandRun command) {
    if (!JobRunner.runs(command.kind())) {
      return Optional.of(
          "this agent cannot run jobs of the kind " + command.kind().wireName() + " yet");
    }
    try {
      spool.accept(new JobId(command.jobId()), command);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the agent cannot store the job (" + Words.of(e) + ")");
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }
}
