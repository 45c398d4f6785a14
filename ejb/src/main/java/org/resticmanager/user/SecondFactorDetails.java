package org.resticmanager.user;

/**
 * Whether a person shows a one-time code to come in.
 *
 * @param recoveryCodes how many are left
 */
public record SecondFactorDetails(boolean enabled, int recoveryCodes) {}
