package org.resticmanager.agent.restic;

import java.time.Duration;

/**
 * How long a restic that gets nowhere is waited for.
 *
 * @param unreachable while it only repeats requests to its backend
 * @param standstill while it does nothing at all
 */
public record Patience(Duration unreachable, Duration standstill) {}
