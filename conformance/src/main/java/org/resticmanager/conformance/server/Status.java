package org.resticmanager.conformance.server;

import java.time.Duration;
import java.util.Set;
import org.resticmanager.conformance.check.Broken;

/** Where a job stands, as the operator's hook tells it. */
final class Status {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private Status() {}

  /** Waits until the job has one of these: the wire has no word for "I have written it down". */
  static void await(Operator operator, String jobId, Set<String> expected, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    String status = operator.status(jobId);
    while (!expected.contains(status)) {
      if (System.nanoTime() > deadline) {
        throw new Broken(
            "the job's status to become " + String.join(" or ", expected), "it is " + status);
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
      status = operator.status(jobId);
    }
  }
}
