package org.resticmanager.agent.restic;

import java.util.Optional;

/**
 * How a restic's process ended.
 *
 * @param code its exit code; -1 if nobody knows
 * @param interrupted why we asked it to end; empty if we did not
 * @param killed whether it was ended by force, by us or by others, and so could not take its lock
 *     away
 * @param died why it ended without an exit code; empty if it has one
 */
record Exit(int code, Optional<String> interrupted, boolean killed, Optional<String> died) {}
