package org.resticmanager.secret;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Changes the key to the envelopes while everything runs. */
@Stateless
@PermitAll
public class SecretKeyRotation {

  private static final int STEP = 500;

  @Inject SecretKeys keys;
  @Inject EnvelopeStore store;
  @Inject Envelopes envelopes;
  @Inject Event<SecretKeyChange> changed;

  /** The keys of this node, the one that closes first, and what still needs each. */
  @RolesAllowed("admin")
  public List<SecretKey> keys() {
    Map<String, Long> perKey = store.perKey();
    List<String> ids = keys.reload().ids();
    return ids.stream()
        .map(id -> new SecretKey(id, id.equals(ids.get(0)), perKey.getOrDefault(id, 0L)))
        .toList();
  }

  /**
   * Makes a new key; what is stored is closed with it from now on.
   *
   * @throws org.resticmanager.platform.Conflict if the keys are not kept in a file of ours
   */
  @RolesAllowed("admin")
  public void add() {
    keys.add();
    changed.fire(new SecretKeyChange("secret-key.added", keys.ring().ids().get(0), 0));
  }

  /**
   * Closes some envelopes anew that an older key has closed. Call it until nothing is left; it may
   * be repeated, and people may work meanwhile.
   *
   * @return how many there were
   * @throws UnreadableSecret if one cannot be opened
   */
  @RolesAllowed("admin")
  public int closeAnew() {
    String current = keys.ring().ids().get(0);
    int done = 0;
    for (EnvelopeStore.Column column : store.columns()) {
      for (EnvelopeStore.Lying old : store.otherThan(current, column, STEP - done)) {
        String secret = envelopes.open(old.envelope(), old.row(), column.boundTo());
        store.replace(old, envelopes.close(secret, old.row(), column.boundTo()));
        done++;
      }
    }
    if (done > 0) {
      changed.fire(new SecretKeyChange("secret-key.reencrypted", current, done));
    }
    return done;
  }
}
