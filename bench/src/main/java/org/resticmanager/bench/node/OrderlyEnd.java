package org.resticmanager.bench.node;

import java.util.concurrent.TimeUnit;

/** Ends a server as a service manager does: it is asked to, and killed if it takes too long. */
final class OrderlyEnd {

  private static final long LIMIT_SECONDS = 30;

  private OrderlyEnd() {}

  /** Returns when it is gone. */
  static void of(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
