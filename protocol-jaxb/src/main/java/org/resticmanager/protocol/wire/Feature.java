package org.resticmanager.protocol.wire;

/** Names of the negotiated extensions that this version speaks (protocol, section 4). */
public final class Feature {

  /** The server confirms what it has committed with {@code event.ack}. */
  public static final String ACK = "ack";

  /** {@code hello.jobs} lists every job that the agent still holds. */
  public static final String RESUME = "resume";

  private Feature() {}
}
