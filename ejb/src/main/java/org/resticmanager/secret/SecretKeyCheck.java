package org.resticmanager.secret;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.resticmanager.platform.SchemaMigration;

/**
 * Does not let a node start that could not open what is in the database: with a lost, wrong or
 * second key it would fail later, one secret at a time. Nothing is changed then; with the right key
 * it starts as if nothing had been.
 */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
public class SecretKeyCheck {

  /**
   * The name for {@code @DependsOn}, of whoever needs the key by itself; the schema is there too.
   */
  public static final String NAME = "SecretKeyCheck";

  /** Whoever starts first leaves an envelope: so that a second node with another key is noticed. */
  private static final UUID CANARY = new UUID(0, 1);

  @Inject SecretKeys keys;
  @Inject EnvelopeStore store;
  @Inject Envelopes envelopes;

  @PostConstruct
  void check() {
    Set<String> needed = store.perKey().keySet();
    if (keys.missing()) {
      if (!needed.isEmpty()) {
        throw new IllegalStateException(
            "the secret key is missing: the database holds secrets that only the key "
                + String.join(", ", needed)
                + " opens, and "
                + keys.description()
                + " is not there. Put it back and start again; nothing was changed");
      }
      keys.makeFirst();
    }
    requireKnown(needed);
    store.insertCanary(CANARY, envelopes.close("canary", CANARY, "secret_canary.canary"));
    // another node may have been quicker, with another key
    requireKnown(store.perKey().keySet());
  }

  private void requireKnown(Set<String> needed) {
    List<String> known = keys.reload().ids();
    Set<String> unknown = new TreeSet<>(needed);
    known.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "the secret key is a wrong one: the database holds secrets that only the key "
              + String.join(", ", unknown)
              + " opens, and "
              + keys.description()
              + " holds "
              + String.join(", ", known)
              + ". Put the right one back and start again; nothing was changed");
    }
  }
}
