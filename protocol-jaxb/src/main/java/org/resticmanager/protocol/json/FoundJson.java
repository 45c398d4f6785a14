package org.resticmanager.protocol.json;

import jakarta.json.spi.JsonProvider;

/**
 * The JSON provider, looked for once. The methods of {@code jakarta.json.Json} look for it at each
 * call through all class loaders; in an application server with many archives that takes a hundred
 * times longer than a small document.
 */
public final class FoundJson {

  /** May be used by any thread. */
  public static final JsonProvider JSON = JsonProvider.provider();

  private FoundJson() {}
}
