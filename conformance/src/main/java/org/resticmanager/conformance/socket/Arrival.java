package org.resticmanager.conformance.socket;

/** What came in over a socket. */
public sealed interface Arrival {

  /**
   * A whole text message, put together if it came in pieces.
   *
   * @param text what it says
   * @param sizeBytes its length on the wire
   * @param masked whether every piece of it was masked, as a client's must be
   */
  record Text(String text, int sizeBytes, boolean masked) implements Arrival {}

  /**
   * A binary message.
   *
   * @param sizeBytes its length on the wire
   */
  record Binary(int sizeBytes) implements Arrival {}

  /** The answer to a ping of ours. */
  record Pong() implements Arrival {}

  /**
   * The last arrival of every socket.
   *
   * @param code the close code; {@link #CUT} if the connection ended without a close frame
   * @param reason the close frame's words; never sent on, for people
   */
  record Closed(int code, String reason) implements Arrival {

    /** RFC 6455 keeps this number for a connection that ended without a close frame. */
    public static final int CUT = 1006;

    @Override
    public String toString() {
      if (code == CUT) {
        return "the connection was cut without a close frame";
      }
      return "closed with " + code + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
  }
}
