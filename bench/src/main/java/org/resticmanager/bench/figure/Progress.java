package org.resticmanager.bench.figure;

import java.time.Duration;

/** Tells whoever waits for figures how far they are. */
public final class Progress {

  private static final long BEGUN = System.nanoTime();

  private Progress() {}

  /** With the time since the benchmark began. */
  public static void say(String what) {
    long seconds = Duration.ofNanos(System.nanoTime() - BEGUN).toSeconds();
    System.err.printf("%2d:%02d %s%n", seconds / 60, seconds % 60, what);
  }
}
