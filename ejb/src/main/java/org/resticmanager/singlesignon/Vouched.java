package org.resticmanager.singlesignon;

import java.util.Optional;
import java.util.Set;
import org.resticmanager.user.ProviderIdentity;

/**
 * Whom the provider vouches for.
 *
 * @param session of the browser there; empty if the provider does not name it
 * @param groups that they are in there
 */
record Vouched(ProviderIdentity identity, Optional<String> session, Set<String> groups) {

  Vouched {
    groups = Set.copyOf(groups);
  }
}
