package org.resticmanager.singlesignon;

import java.net.URI;

/**
 * The way to the provider.
 *
 * @param address where to send the browser
 * @param pending to keep in its web session until it comes back
 */
public record Departure(URI address, PendingSignIn pending) {}
