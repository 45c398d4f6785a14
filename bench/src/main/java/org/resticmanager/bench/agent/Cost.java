package org.resticmanager.bench.agent;

import java.time.Duration;

/**
 * What something took.
 *
 * @param wall by the clock
 * @param cpu of all processes that took part, user's and system's
 */
record Cost(Duration wall, Duration cpu) {}
