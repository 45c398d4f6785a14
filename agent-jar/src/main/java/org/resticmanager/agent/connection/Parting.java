package org.resticmanager.agent.connection;

/**
 * Why a connection ended, or did not come about.
 *
 * @param cause for deciding what to do
 * @param detail for people
 */
record Parting(Cause cause, String detail) {

  enum Cause {
    /** We were told to stop. */
    STOPPED,
    /** The server does not speak our version of the protocol any more; final. */
    TOO_OLD,
    /** A newer connection of the same host took our place. */
    REPLACED,
    /** The server goes away, and means to come back. */
    SERVER_RESTARTS,
    /** The server cannot have us now, or does not like what we send. */
    THROWN_OUT,
    /** The server does not take our token. */
    TOKEN_REFUSED,
    /** Anything else. */
    LOST
  }
}
