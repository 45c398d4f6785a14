package org.resticmanager.connection;

import org.resticmanager.protocol.wire.Hello;

/**
 * An agent has said hello. Components observe this event to say their part, in the order of {@link
 * ConnectPhase}; they are called one after the other on the connection's own thread.
 *
 * @param connection where to answer
 * @param hello what the agent said
 */
public record HostConnected(AgentConnection connection, Hello hello) {}
