package org.resticmanager.joblog;

import java.util.List;
import org.resticmanager.job.JobId;
import org.resticmanager.protocol.wire.LogStream;

/**
 * Lines of one job as they came; in any order, and any of them may have been stored before.
 *
 * @param job the job, known to be the sender's own
 * @param lines at least one
 */
record LogBatch(JobId job, List<LogStream> lines) {

  LogBatch {
    lines = List.copyOf(lines);
  }
}
