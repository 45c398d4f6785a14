package org.resticmanager.bench.figure;

/**
 * How good something is to be.
 *
 * @param text as {@code ratio ≤ 1.03}
 * @param met whether it is
 */
public record Goal(String text, boolean met) {}
