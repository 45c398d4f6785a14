package org.resticmanager.snapshot;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.Retention;

/** The snapshots of hosts. */
@Stateless
@PermitAll
public class Snapshots {

  /** An agent may be cut off for a while and goes on then; what is longer is begun anew. */
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  @Inject private SnapshotStore store;
  @Inject private SnapshotReportStore parts;
  @Inject private Clock clock;
  @Inject private Hosts hosts;
  @Inject private Repositories repositories;

  /**
   * Takes over the full list that an agent read from its repository, or keeps a part of it until
   * all have come; or takes over what it has added. May be repeated. Without a repository
   * connection the report has nowhere to go and is dropped.
   *
   * @param readAfter a moment before the list was read: it says nothing of what we have heard of
   *     since, from other hosts
   */
  public void reported(HostId host, SnapshotsReport report, Instant readAfter) {
    repositories
        .of(host)
        .map(RepositoryDetails::id)
        .filter(repository -> complete(host, repository, report))
        .ifPresent(
            repository ->
                repositories.counted(
                    repository,
                    () -> {
                      take(host, repository, report, readAfter);
                      return store.count(repository);
                    }));
  }

  private boolean complete(HostId host, RepositoryId repository, SnapshotsReport report) {
    return report.parts() == 0 || parts.add(host, repository, report, clock.instant());
  }

  private void take(
      HostId host, RepositoryId repository, SnapshotsReport report, Instant readAfter) {
    Instant now = clock.instant();
    if (report.parts() > 0) {
      parts.takeOver(host, repository, readAfter, now);
      return;
    }
    if (!report.added()) {
      parts.forget(host);
      store.retain(repository, report.snapshots(), readAfter);
    }
    store.add(repository, report.snapshots(), now);
  }

  /** Forgets reports that were begun and not gone on with; may be called at any time. */
  public void forgetAbandoned() {
    parts.forgetAbandoned(clock.instant().minus(ABANDONED_AFTER));
  }

  /**
   * Whether a forget could find any snapshot of a source group of a host, as far as we know;
   * whoever sees the host.
   */
  public boolean any(HostId host, String sourceGroup) {
    String name = hosts.known(host).name();
    return repositories
        .of(host)
        .filter(repository -> store.hasAny(repository.id(), name, sourceGroup))
        .isPresent();
  }

  /**
   * Whether the repository of a host has snapshots with a tag that are not the host's own; whoever
   * sees the host.
   */
  public boolean othersHave(HostId host, String tag) {
    String name = hosts.known(host).name();
    return repositories
        .of(host)
        .filter(repository -> store.othersHave(repository.id(), name, tag))
        .isPresent();
  }

  /**
   * What a forget would do to the snapshots of a source group of a host, as far as we know them. A
   * forget is only ever told of snapshots under the host's own name. Whoever shows it to a person
   * asks for the host first.
   *
   * @throws NotFound if there is no such host
   */
  public Selection select(HostId host, String sourceGroup, Retention retention) {
    String name = hosts.known(host).name();
    List<SnapshotDetails> snapshots =
        repositories
            .of(host)
            .map(repository -> store.ofGroup(repository.id(), name, sourceGroup))
            .orElse(List.of());
    return Selector.select(retention, snapshots, clock.instant());
  }

  /**
   * The snapshots of a host in the repository that it backs up to, newest first.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public Page<SnapshotDetails> of(HostId host, String cursor, int limit) {
    Page.requireLimit(limit);
    HostDetails details = hosts.find(host);
    Optional<SnapshotCursor> after = SnapshotCursor.parse(cursor);
    Optional<RepositoryDetails> repository = repositories.of(host);
    if (repository.isEmpty()) {
      return new Page<>(List.of(), Optional.empty());
    }
    RepositoryId id = repository.get().id();
    List<SnapshotDetails> rows = store.page(id, hostnames(details, id), after, limit + 1);
    return Page.of(rows, limit, SnapshotCursor::of);
  }

  /**
   * An agent that knows only the base protocol lets restic take the machine's own name. It may be
   * the name of another host there, whose snapshots they are then.
   */
  private List<String> hostnames(HostDetails host, RepositoryId repository) {
    boolean anothers =
        hosts
            .bearing(host.hostname())
            .filter(other -> !other.equals(host.id()))
            .flatMap(repositories::of)
            .filter(used -> used.id().equals(repository))
            .isPresent();
    return anothers ? List.of(host.name()) : List.of(host.name(), host.hostname());
  }
}
