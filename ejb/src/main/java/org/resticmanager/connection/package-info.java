/**
 * The live connections of agents to this node: who is connected, what is said first, and the event
 * on which the other components add their part of the conversation.
 */
package org.resticmanager.connection;
