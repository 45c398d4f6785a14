package org.resticmanager.protocol.wire;

/**
 * The message {@code error}: something the other side sent was not understood or not allowed. A
 * fatal one is followed by a close of the connection.
 *
 * @param code for programs: {@code malformed}, {@code unknown_type}, {@code not_yours}, …
 * @param message for people
 * @param helpUrl where to read on; null if nowhere
 */
public record WireError(String code, String message, String helpUrl)
    implements AgentMessage, ServerMessage {

  public WireError {
    Require.present(code, "code");
    message = Require.textOrEmpty(message);
    helpUrl = helpUrl == null || helpUrl.isEmpty() ? null : helpUrl;
  }
}
