package org.resticmanager.source;

import org.resticmanager.platform.Invalid;

/**
 * What the agent runs around a backup, by the shell of its host. The owner of the host may forbid
 * it there.
 *
 * @param pre run before restic; if it fails or takes too long, so does the job; empty for none
 * @param post run after restic, however that ended; empty for none
 * @param timeoutSeconds how long each may take, from 1 s to 24 h
 */
public record Hooks(String pre, String post, int timeoutSeconds) {

  /** No hooks. */
  public static final Hooks NONE = new Hooks("", "", 600);

  private static final int LONGEST_TEXT = 10_000;
  private static final int LONGEST_SECONDS = 24 * 60 * 60;

  /**
   * @throws Invalid if a text is too long or the time is out of its range
   */
  public Hooks {
    pre = text(pre, "preHook");
    post = text(post, "postHook");
    if (timeoutSeconds < 1 || timeoutSeconds > LONGEST_SECONDS) {
      throw new Invalid("hookTimeoutSeconds", "must be from 1 to " + LONGEST_SECONDS);
    }
  }

  /** Whether there is one. */
  public boolean any() {
    return !pre.isEmpty() || !post.isEmpty();
  }

  private static String text(String hook, String field) {
    return hook == null || hook.isBlank() ? "" : Invalid.requireText(hook, field, LONGEST_TEXT);
  }
}
