package org.resticmanager.job;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Page;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;

/** Who uses repositories, for people. */
@Stateless
@PermitAll
public class RepositoryUses {

  @Inject private LeaseStore leases;
  @Inject private Repositories repositories;
  @Inject private Hosts hosts;

  /**
   * The jobs that have the lease of a repository, then those in line for it, the first first; of
   * the hosts that the caller sees.
   *
   * @throws org.resticmanager.platform.NotFound if there is no such repository
   */
  @RolesAllowed("viewer")
  public List<RepositoryUse> of(RepositoryId repository, int limit) {
    repositories.find(repository);
    List<RepositoryUse> uses = leases.uses(repository, Page.requireLimit(limit));
    Set<HostId> seen = hosts.seen(uses.stream().map(RepositoryUse::host).toList());
    return uses.stream().filter(use -> seen.contains(use.host())).toList();
  }
}
