package org.resticmanager.protocol.wire;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * The order to run a job. Sending the same job again is harmless: the agent runs each job id once
 * and answers a repeat with what became of it.
 *
 * @param jobId the job
 * @param kind the operation
 * @param args further arguments for kinds that have no fields of their own
 * @param includes paths of a backup
 * @param excludes restic's exclude patterns of a backup
 * @param tag the source group's name, which becomes the snapshot's tag
 * @param retentionPolicy restic's keep-* values of a forget; null if none
 * @param requiresAdminCreds use the {@code admin} slot of the repository connection
 */
public record CommandRun(
    String jobId,
    JobKind kind,
    List<String> args,
    List<String> includes,
    List<String> excludes,
    String tag,
    JsonObject retentionPolicy,
    boolean requiresAdminCreds)
    implements ServerMessage {

  public CommandRun {
    Require.present(jobId, "job_id");
    Require.present(kind, "kind");
    args = Require.listOrEmpty(args);
    includes = Require.listOrEmpty(includes);
    excludes = Require.listOrEmpty(excludes);
    tag = Require.textOrEmpty(tag);
  }
}
