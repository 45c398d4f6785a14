package org.resticmanager.protocol.wire;

/** What may stand in an envelope's payload: a message of the agent, of the server, or of both. */
public sealed interface Message permits AgentMessage, ServerMessage {}
