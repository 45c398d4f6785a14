package org.resticmanager.conformance.agent;

/** What the played control plane speaks on a connection. */
enum Speech {
  /** The base protocol: no {@code welcome}, no {@code event.ack}. */
  BASE,
  /** The extensions that the agent names, as far as the kit knows them. */
  EXTENDED
}
