/**
 * The WebSocket edge: one endpoint for all agents, one link per socket, and the table of what each
 * message leads to. Everything slow happens off the socket's thread, in order for each agent.
 */
package org.resticmanager.web.agent;
