package org.resticmanager.agent.job;

import java.util.Collection;
import java.util.Set;

/**
 * The extensions that both sides have named on the newest connection, also when it is lost: the
 * next one is most likely to the same control plane. Thread-safe.
 */
public final class Agreed {

  private volatile Set<String> features = Set.of();

  /** There is a new connection, and nothing has been named on it yet. */
  public void begin() {
    features = Set.of();
  }

  /** Both sides have named these. */
  public void on(Collection<String> names) {
    features = Set.copyOf(names);
  }

  /** Whether this one is among them. */
  public boolean includes(String feature) {
    return features.contains(feature);
  }
}
