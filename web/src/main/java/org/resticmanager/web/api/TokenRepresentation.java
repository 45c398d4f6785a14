package org.resticmanager.web.api;

import java.time.Instant;

/**
 * A fresh token.
 *
 * @param token the secret, shown this once
 * @param expiresAt after this moment it is refused
 */
public record TokenRepresentation(String token, Instant expiresAt) {}
