/**
 * The WebSocket edge: one endpoint for all agents, one link per socket, and a handler for each kind
 * of message. Everything slow happens off the socket's thread, in order for each agent.
 */
package org.resticmanager.web.agent;
