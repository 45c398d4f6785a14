package org.resticmanager.singlesignon;

import java.util.Set;
import org.resticmanager.user.ProviderIdentity;

/**
 * Whom the provider vouches for.
 *
 * @param groups that they are in there
 */
record Vouched(ProviderIdentity identity, Set<String> groups) {

  Vouched {
    groups = Set.copyOf(groups);
  }
}
