/**
 * The messages between the control plane and the agents: one record per message, the table of their
 * type names, and the one codec that both sides use. Everything here is immutable and free of
 * product logic; both {@code ejb} and the agent may use all of it.
 */
package org.resticmanager.protocol.wire;
