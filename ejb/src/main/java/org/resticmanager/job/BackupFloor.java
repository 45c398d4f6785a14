package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.source.SourceGroups;

/**
 * A backup that is smaller than its source group can be has failed, whatever restic says: perhaps
 * the disk with the files is not mounted. Its snapshot stays.
 */
@ApplicationScoped
class BackupFloor {

  private final SourceGroups sourceGroups;

  @Inject
  BackupFloor(SourceGroups sourceGroups) {
    this.sourceGroups = sourceGroups;
  }

  /** For the container's proxies. */
  protected BackupFloor() {
    this(null);
  }

  /** The end as it is to be recorded. */
  JobFinished judge(Job job, JobFinished end) {
    if (job.kind() != JobKind.BACKUP || end.status() != JobStatus.SUCCEEDED) {
      return end;
    }
    long floor =
        job.sourceGroupName()
            .flatMap(name -> sourceGroups.ofJob(job.host(), name))
            .map(group -> group.plan().floorBytes())
            .orElse(0L);
    return judge(end, floor);
  }

  static JobFinished judge(JobFinished end, long floor) {
    return processed(end.stats())
        .filter(bytes -> bytes < floor)
        .map(bytes -> tooSmall(end, bytes, floor))
        .orElse(end);
  }

  private static Optional<Long> processed(JsonObject summary) {
    return summary != null && summary.get("total_bytes_processed") instanceof JsonNumber bytes
        ? Optional.of(bytes.longValue())
        : Optional.empty();
  }

  private static JobFinished tooSmall(JobFinished end, long bytes, long floor) {
    String reason =
        "The backup holds "
            + bytes
            + " bytes, and the source group's floor is "
            + floor
            + ": look whether all of its files are there.";
    return new JobFinished(
        end.jobId(),
        JobStatus.FAILED,
        end.exitCode(),
        end.finishedAt(),
        end.stats(),
        end.error().isEmpty() ? reason : reason + " " + end.error());
  }
}
