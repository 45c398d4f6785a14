package org.resticmanager.protocol.wire;

/**
 * Why a frame is refused: where, and what is wrong there. The words are ours alone, never those of
 * the frame, so that a reason can go into a log and back to the peer.
 *
 * <p>Each level that it passes on its way out adds its name to the path. It has no stack trace: a
 * peer may cause thousands a second.
 */
final class BadValue extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  /** Wrong at the very place where the reader stands. */
  BadValue(String problem) {
    this("", problem);
  }

  private BadValue(String path, String problem) {
    super(path.isEmpty() ? problem : path + " " + problem, null, false, false);
    this.path = path;
    this.problem = problem;
  }

  /** A field of this name is wrong. */
  static BadValue of(String field, String problem) {
    return new BadValue(field, problem);
  }

  /** What a record's constructor said: the field's name, a space, the problem ({@link Require}). */
  static BadValue of(IllegalArgumentException refusal) {
    String said = refusal.getMessage() == null ? "" : refusal.getMessage();
    int space = said.indexOf(' ');
    return space < 0
        ? new BadValue("is not allowed")
        : new BadValue(said.substring(0, space), said.substring(space + 1));
  }

  /** The same, seen from the record or list that it lies in. */
  BadValue inside(String outer) {
    if (path.isEmpty()) {
      return new BadValue(outer, problem);
    }
    return new BadValue(path.startsWith("[") ? outer + path : outer + "." + path, problem);
  }

  /** Whether nothing has said yet which field it is. */
  boolean nameless() {
    return path.isEmpty();
  }
}
