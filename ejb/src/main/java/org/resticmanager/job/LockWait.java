package org.resticmanager.job;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a job waits for a lock in its repository that is not ours to give. */
final class LockWait {

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int LONGEST_TEXT = 300;

  /** As agents say it, with what to do about it behind the semicolon. */
  private static final Pattern HOLDER = Pattern.compile("is locked (by [^;]+)");

  private LockWait() {}

  /**
   * How long to wait until the next look.
   *
   * @param waits how many looks before found the lock, at least 1
   */
  static Duration pause(int waits) {
    Duration pause = FIRST.multipliedBy(1L << Math.min(waits - 1, 10));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  /** Whose lock it is, from the reason that the agent gave. */
  static String holder(String reason) {
    Matcher holder = HOLDER.matcher(reason);
    String by = holder.find() ? holder.group(1).strip() : "by another restic";
    return "the lock held "
        + (by.length() > LONGEST_TEXT ? by.substring(0, LONGEST_TEXT) + "…" : by);
  }
}
