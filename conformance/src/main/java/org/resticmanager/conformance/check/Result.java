package org.resticmanager.conformance.check;

import java.time.Duration;

/**
 * What became of one check.
 *
 * @param expected what the protocol asks for; empty unless broken
 * @param detail what came if broken, the reason if not checked, else empty
 */
public record Result(Check check, Verdict verdict, String expected, String detail, Duration took) {

  /** The three ways to end. */
  public enum Verdict {
    HELD("held"),
    BROKEN("BROKEN"),
    NOT_CHECKED("not checked");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** As the table shows it. */
    public String words() {
      return words;
    }
  }

  /** Runs the check. Whatever goes wrong in it becomes part of the result. */
  static Result of(Check check) throws InterruptedException {
    long began = System.nanoTime();
    try {
      check.body().run();
      return new Result(check, Verdict.HELD, "", "", since(began));
    } catch (NotChecked e) {
      return new Result(check, Verdict.NOT_CHECKED, "", e.getMessage(), since(began));
    } catch (Broken e) {
      return new Result(check, Verdict.BROKEN, e.expected(), e.came(), since(began));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return new Result(
          check, Verdict.BROKEN, "the check can be carried out", "it failed: " + e, since(began));
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
