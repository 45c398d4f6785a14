package org.resticmanager.user;

import java.time.Instant;

/**
 * A sign-in of a person that has not ended.
 *
 * @param origin where it was made
 * @param api whether a program holds it, by a token, and not a browser
 * @param expiresAt when it ends by itself, if nothing is heard of it until then
 */
public record SignInDetails(
    SignInId id,
    Origin origin,
    boolean api,
    Instant beganAt,
    Instant lastSeenAt,
    Instant expiresAt) {}
