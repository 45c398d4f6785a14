package org.resticmanager.protocol.wire;

import java.util.Set;

/**
 * How far a running job is; at most one a second, the first one at once.
 *
 * @param jobId the job
 * @param percentDone a fraction from 0 to 1
 * @param filesDone files finished
 * @param totalFiles files known so far
 * @param bytesDone bytes finished
 * @param totalBytes bytes known so far
 * @param etaSeconds restic's guess of the time left; 0 if unknown
 * @param throughputBps bytes per second
 * @param currentFile the path of a file that is being read; null if there is none; an extension
 */
public record JobProgress(
    String jobId,
    double percentDone,
    long filesDone,
    long totalFiles,
    long bytesDone,
    long totalBytes,
    long etaSeconds,
    long throughputBps,
    String currentFile)
    implements AgentMessage {

  public JobProgress {
    Require.present(jobId, "job_id");
    Require.fraction(percentDone, "percent_done");
    Require.notNegative(filesDone, "files_done");
    Require.notNegative(totalFiles, "total_files");
    Require.notNegative(bytesDone, "bytes_done");
    Require.notNegative(totalBytes, "total_bytes");
    Require.notNegative(etaSeconds, "eta_seconds");
    Require.notNegative(throughputBps, "throughput_bps");
  }

  /** What the base protocol knows of it. */
  public JobProgress(
      String jobId,
      double percentDone,
      long filesDone,
      long totalFiles,
      long bytesDone,
      long totalBytes,
      long etaSeconds,
      long throughputBps) {
    this(
        jobId,
        percentDone,
        filesDone,
        totalFiles,
        bytesDone,
        totalBytes,
        etaSeconds,
        throughputBps,
        null);
  }

  /** The same without extensions, for every server. */
  public JobProgress inBase() {
    return new JobProgress(
        jobId,
        percentDone,
        filesDone,
        totalFiles,
        bytesDone,
        totalBytes,
        etaSeconds,
        throughputBps);
  }

  @Override
  public Set<String> requires() {
    return currentFile == null ? Set.of() : Set.of(Feature.CURRENT_FILE);
  }
}
