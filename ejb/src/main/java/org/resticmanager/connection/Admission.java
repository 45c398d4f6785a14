package org.resticmanager.connection;

import java.util.Optional;

/**
 * Whether a connection has become its host's.
 *
 * @param admitted false if another agent of the same host keeps the connection for now
 * @param rival the machine of a living agent that had the connection; empty if there was none
 */
record Admission(boolean admitted, Optional<Machine> rival) {}
