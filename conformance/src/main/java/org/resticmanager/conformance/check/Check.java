package org.resticmanager.conformance.check;

/**
 * One thing that a peer must do.
 *
 * @param section of the protocol's page, for example {@code 3} or {@code 4 ack}
 * @param id for {@code --only} and for programs; never changes
 * @param words what holds if it holds
 * @param slow whether it takes much longer than the protocol's quick answers
 * @param body returns if it holds, else throws {@link Broken}, or {@link NotChecked}
 */
public record Check(String section, String id, String words, boolean slow, Body body) {

  /** The trial itself. */
  @FunctionalInterface
  public interface Body {

    /** Returns if the check holds. Anything thrown but {@link NotChecked} counts as broken. */
    void run() throws Exception;
  }

  /** One that is quick. */
  public static Check of(String section, String id, String words, Body body) {
    return new Check(section, id, words, false, body);
  }

  /** One that is left out unless slow checks are asked for. */
  public static Check slow(String section, String id, String words, Body body) {
    return new Check(section, id, words, true, body);
  }
}
