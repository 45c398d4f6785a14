package org.resticmanager.conformance.wire;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param answer for what must come; generous, since nobody promised a speed
 * @param quiet for what must not come
 */
public record Patience(Duration answer, Duration quiet) {}
