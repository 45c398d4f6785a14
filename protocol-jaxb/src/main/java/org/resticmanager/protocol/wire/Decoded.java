package org.resticmanager.protocol.wire;

import java.util.Optional;

/** What a frame turned out to be. */
public sealed interface Decoded {

  /**
   * A message of this version.
   *
   * @param id the envelope's id, which a reply repeats
   * @param message the payload
   */
  record Understood(Optional<String> id, Message message) implements Decoded {}

  /**
   * An envelope whose type this version does not know, or does not take from this side.
   *
   * @param type the envelope's type
   */
  record UnknownType(String type) implements Decoded {}

  /**
   * Not an envelope, or a payload that breaks a rule.
   *
   * @param reason names the field and what is wrong with it
   */
  record Malformed(String reason) implements Decoded {}
}
