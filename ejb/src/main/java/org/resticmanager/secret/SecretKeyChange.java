package org.resticmanager.secret;

/**
 * Somebody has changed with which key secrets are closed.
 *
 * @param action what they did, as the audit trail calls it
 * @param keyId the key that closes from now on
 * @param envelopes how many were closed anew
 */
public record SecretKeyChange(String action, String keyId, long envelopes) {}
