package org.resticmanager.protocol.wire;

import java.time.Instant;

/**
 * Sent by the agent every 30 s; its arrival is the message.
 *
 * @param sentAt the agent's clock; null if unknown
 */
public record Heartbeat(Instant sentAt) implements AgentMessage {}
