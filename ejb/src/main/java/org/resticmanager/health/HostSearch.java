package org.resticmanager.health;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.health.HostSearchStore.Match;
import org.resticmanager.health.HostSearchStore.Matches;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.HostTags;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Tags;
import org.resticmanager.job.JobOutline;
import org.resticmanager.job.JobSearch;
import org.resticmanager.platform.Page;

/** Finds hosts among all that the caller sees. */
@Stateless
@PermitAll
public class HostSearch {

  private static final int MOST_TAGS = 500;

  @Inject private HostSearchStore store;
  @Inject private Hosts hosts;
  @Inject private HostTags tags;
  @Inject private JobSearch jobs;
  @Inject private Clock clock;

  /**
   * Some of the hosts that a filter lets through, with all that a list says of them.
   *
   * @param offset how many are left out before them
   * @throws org.resticmanager.platform.Invalid if the limit is out of range
   */
  @RolesAllowed("viewer")
  public FoundHosts find(HostFilter filter, HostOrder order, long offset, int limit) {
    Matches matches =
        store.find(
            hosts.sight(),
            filter,
            order,
            clock.instant().minus(HostDetails.OFFLINE_AFTER),
            offset,
            Page.requireLimit(limit));
    return new FoundHosts(known(matches.hosts()), matches.all());
  }

  private List<FoundHosts.Found> known(List<Match> matches) {
    List<HostId> ids = matches.stream().map(Match::host).toList();
    Map<HostId, HostDetails> details = hosts.of(ids);
    Map<HostId, Tags> tagsOf = tags.of(ids);
    Map<HostId, JobOutline> newest = jobs.newestOf(ids);
    return matches.stream()
        .filter(match -> details.containsKey(match.host()))
        .map(
            match ->
                new FoundHosts.Found(
                    details.get(match.host()),
                    tagsOf.getOrDefault(match.host(), Tags.NONE),
                    match.judgement(),
                    Optional.ofNullable(newest.get(match.host()))))
        .toList();
  }

  /** The tags that hosts have, by name. */
  @RolesAllowed("viewer")
  public List<String> tags() {
    return store.tags(hosts.sight(), MOST_TAGS);
  }
}
