package org.resticmanager.repository;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.secret.Envelopes;

/**
 * The repositories, for people and for the components that serve agents. Who does not see every
 * host sees those of the hosts that they see, and changes none.
 */
@Stateless
@PermitAll
public class Repositories {

  private static final ConfigUpdate NO_ADMIN =
      ConfigUpdate.of(ConfigUpdate.SLOT_ADMIN)
          .repoUrl("")
          .repoPassword("")
          .repoUsername("")
          .repoCredential("")
          .environment(List.of())
          .build();

  @Inject private RepositoryStore store;
  @Inject private RepositoryHistoryStore history;
  @Inject private Hosts hosts;
  @Inject private Envelopes envelopes;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Inject private Event<RepositoryConnectionChanged> changed;
  @Inject private Event<RepositoryRemoval> removal;
  @Inject private Event<HostMoving> moving;
  @Inject private Event<HostMoved> moved;

  /**
   * Takes a repository under management. Nothing is written to it: {@code init} runs once a host is
   * connected to it.
   *
   * @throws Conflict if the name is taken
   */
  @RolesAllowed("fleet-operator")
  public RepositoryDetails create(NewRepository wanted) {
    requireFree(wanted.name());
    Repository repository = new Repository(wanted, clock.instant());
    store.insert(repository);
    RepositoryCredential everyday = new RepositoryCredential(repository.id(), Slot.REPO);
    everyday.change(wanted.credentials(), envelopes);
    store.insert(everyday);
    RepositoryDetails made = details(repository);
    audit.changed("repository.added", target(made), Facts.none(), made.facts());
    return made;
  }

  private static Target target(RepositoryDetails repository) {
    return Target.of("repository", repository.id(), repository.name());
  }

  private void requireFree(String name) {
    if (store.nameTaken(name)) {
      throw new Conflict(
          "name-taken", "There is a repository '" + name + "' already: choose another name.");
    }
  }

  /**
   * Changes what people call a repository, and where it is: its hosts go there from the next job
   * on. Nothing is moved.
   *
   * @param condition is asked with the repository locked, before the change; throws to refuse it
   * @throws NotFound if there is no such repository
   * @throws Conflict if another has the name
   */
  @RolesAllowed("fleet-operator")
  public RepositoryDetails edit(
      RepositoryId id, RepositoryEdit edit, Consumer<RepositoryDetails> condition) {
    Repository repository = locked(id);
    RepositoryDetails before = details(repository);
    condition.accept(before);
    if (!edit.name().equals(repository.name())) {
      requireFree(edit.name());
    }
    boolean moved = !edit.url().equals(repository.url());
    repository.edit(edit);
    if (moved) {
      tellHostsOf(id);
    }
    RepositoryDetails after = details(repository);
    audit.changed("repository.changed", target(after), before.facts(), after.facts());
    return after;
  }

  /**
   * Removes a repository from management, and its credentials for ever. What is in it stays, as do
   * the jobs that were run in it.
   *
   * @param condition is asked with the repository locked, before the change; throws to refuse it
   * @throws NotFound if there is no such repository
   * @throws Conflict if hosts back up to it, or jobs of it have not ended
   */
  @RolesAllowed("fleet-operator")
  public void remove(RepositoryId id, Consumer<RepositoryDetails> condition) {
    Repository repository = locked(id);
    RepositoryDetails before = details(repository);
    condition.accept(before);
    List<HostId> connected = store.hostsOf(id);
    if (!connected.isEmpty()) {
      throw new Conflict(
          "hosts-connected",
          "Hosts back up to it: "
              + hosts.names(connected).values().stream().sorted().collect(Collectors.joining(", "))
              + ". Connect them to another repository first.");
    }
    removal.fire(new RepositoryRemoval(id));
    store.credentials(id).forEach(store::delete);
    repository.removed(clock.instant());
    audit.changed("repository.removed", target(before), before.facts(), Facts.none());
  }

  /**
   * Changes the credentials of a slot, and makes it if it is not there. Every host has them before
   * its next job. May be repeated.
   *
   * @throws NotFound if there is no such repository
   * @throws Invalid if the everyday slot would be without password or get a location of its own
   */
  @RolesAllowed("fleet-operator")
  public RepositoryDetails putCredentials(RepositoryId id, Slot slot, CredentialEdit edit) {
    Repository repository = locked(id);
    if (slot == Slot.REPO && edit.url() != null) {
      throw new Invalid("url", "of the everyday slot is that of the repository: change it there");
    }
    if (slot == Slot.REPO && "".equals(edit.password())) {
      throw new Invalid("password", "must not be empty");
    }
    Optional<RepositoryCredential> known = store.credential(id, slot);
    RepositoryCredential credential =
        known.orElseGet(() -> new RepositoryCredential(repository.id(), slot));
    credential.change(edit, envelopes);
    if (known.isEmpty()) {
      store.insert(credential);
    }
    tellHostsOf(id);
    RepositoryDetails after = details(repository);
    audit.done(
        "credentials.changed",
        target(after),
        Facts.with("slot", slot.wireName()).and("given", edit.given()));
    return after;
  }

  /**
   * Takes the admin credentials away, from the agents too; prune and unlock cannot run from then
   * on. May be repeated.
   *
   * @throws NotFound if there is no such repository
   */
  @RolesAllowed("fleet-operator")
  public void removeAdminCredentials(RepositoryId id) {
    Repository repository = locked(id);
    RepositoryDetails before = details(repository);
    store.credential(id, Slot.ADMIN).ifPresent(store::delete);
    audit.changed(
        "credentials.removed", target(before), before.facts(), details(repository).facts());
    tellHostsOf(id);
  }

  private void tellHostsOf(RepositoryId id) {
    store.hostsOf(id).forEach(host -> changed.fire(new RepositoryConnectionChanged(host)));
  }

  /** The repositories by name; {@code cursor} is empty for the first page. */
  @RolesAllowed("viewer")
  public Page<RepositoryDetails> list(String cursor, int limit) {
    Page.requireLimit(limit);
    List<Repository> rows = store.pageByName(hosts.sight(), cursor, limit + 1);
    Map<RepositoryId, List<SlotDetails>> slots =
        store.credentials(rows.stream().map(Repository::id).toList()).stream()
            .collect(
                Collectors.groupingBy(
                    RepositoryCredential::repository,
                    Collectors.mapping(RepositoryCredential::details, Collectors.toList())));
    return Page.of(
        rows.stream().map(row -> row.details(slots.getOrDefault(row.id(), List.of()))).toList(),
        limit,
        RepositoryDetails::name);
  }

  private RepositoryDetails details(Repository repository) {
    return details(new RepositoryStore.Reach(repository, store.credentials(repository.id())));
  }

  private static RepositoryDetails details(RepositoryStore.Reach reach) {
    return reach
        .repository()
        .details(reach.credentials().stream().map(RepositoryCredential::details).toList());
  }

  /**
   * One repository.
   *
   * @throws NotFound if there is none with this id, or the caller sees no host of it
   */
  @RolesAllowed("viewer")
  public RepositoryDetails find(RepositoryId id) {
    return details(seen(id));
  }

  /**
   * The repository of a job, whoever looks.
   *
   * @throws NotFound if it is not managed any more
   */
  public RepositoryDetails ofJob(RepositoryId id) {
    return details(managed(store.find(id), id));
  }

  /** The repository that a host backs up to, if it is connected to one. */
  public Optional<RepositoryDetails> of(HostId host) {
    return store.of(host).map(Repositories::details);
  }

  /**
   * Connects a host to a repository, instead of the one it had. Jobs of that one that no agent has
   * end. May be repeated.
   *
   * @throws NotFound if one of the two does not exist
   * @throws Conflict if the host's agent has a job of the repository it had
   */
  @RolesAllowed("fleet-operator")
  public void connect(HostId host, RepositoryId repository) {
    String hostName = hosts.find(host).name();
    // locks the host's queue: before the repository's row, as the end of a job does
    moving.fire(new HostMoving(host, repository));
    String wanted = locked(repository).name();
    Facts before = connected(host);
    Instant now = clock.instant();
    store
        .connection(host)
        .ifPresentOrElse(
            known -> known.lead(repository, now),
            () -> store.insert(new RepositoryConnection(host, repository, now)));
    moved.fire(new HostMoved(host, repository));
    audit.changed(
        "host.connected",
        Target.of("host", host, hostName),
        before,
        Facts.with("repository", wanted));
    changed.fire(new RepositoryConnectionChanged(host));
  }

  private Facts connected(HostId host) {
    return Facts.with("repository", store.of(host).map(reach -> reach.repository().name()));
  }

  /**
   * Replaces the password that is given to restic in the everyday slot; the repository itself keeps
   * its own. May be repeated.
   *
   * @throws NotFound if there is no such repository
   * @throws Invalid if the password is empty
   */
  @RolesAllowed("fleet-operator")
  public void correctPassword(RepositoryId id, String password) {
    putCredentials(
        id,
        Slot.REPO,
        new CredentialEdit(null, password == null ? "" : password, null, null, null));
  }

  /** The hosts that back up to a repository, of those that the caller sees. */
  @RolesAllowed("viewer")
  public List<HostId> hostsOf(RepositoryId id) {
    seen(id);
    return List.copyOf(hosts.seen(store.hostsOf(id)));
  }

  /**
   * What the host's agent must know to reach its repository, one message per slot. A repository
   * without admin credentials has an empty one for that slot, so that none of before stay there.
   */
  public List<ConfigUpdate> configUpdates(HostId host) {
    return access(host).map(known -> known.updates().get()).orElse(List.of());
  }

  /**
   * What a host's agent must know to reach its repository.
   *
   * @param updates opens its secrets, which who only waits need not do; one for each slot, as
   *     {@link #configUpdates(HostId)} has them
   */
  public record Access(RepositoryDetails repository, Supplier<List<ConfigUpdate>> updates) {}

  /** Both of {@link #of} and {@link #configUpdates(HostId)} as they are at one moment. */
  public Optional<Access> access(HostId host) {
    Envelopes opener = envelopes; // this bean may serve somebody else by then
    return store
        .of(host)
        .map(own -> new Access(details(own), () -> configUpdates(own, host, opener)));
  }

  private static List<ConfigUpdate> configUpdates(
      RepositoryStore.Reach reach, HostId host, Envelopes envelopes) {
    Repository repository = reach.repository();
    Map<Slot, RepositoryCredential> slots =
        reach.credentials().stream()
            .collect(Collectors.toMap(RepositoryCredential::slot, Function.identity()));
    RepositoryCredential everyday = slots.get(Slot.REPO);
    return List.of(
        everyday
            .configUpdate(repository.url(), everyday, envelopes)
            .withKeyPassword(everyday.otherPassword(host, envelopes)),
        Optional.ofNullable(slots.get(Slot.ADMIN))
            .map(admin -> admin.configUpdate(repository.url(), everyday, envelopes))
            .orElse(NO_ADMIN));
  }

  /** Whether the repository is known to exist, as the database has it at this moment. */
  public boolean isInitialised(RepositoryId id) {
    return store.isInitialised(id);
  }

  /** Notes that the repository exists. May be repeated. */
  public void initialised(RepositoryId id) {
    store.findForUpdate(id).ifPresent(repository -> repository.initialised(clock.instant()));
  }

  /** Forgets what was known of one that was there before. May be repeated. */
  public void made(RepositoryId id) {
    store.findForUpdate(id).ifPresent(Repository::made);
  }

  /** Takes over what an agent learnt of its repository. May be repeated. */
  public void measured(HostId host, RepoStats stats) {
    store.connection(host).ifPresent(connection -> counted(connection.repository(), () -> stats));
  }

  /**
   * Takes over what we have found out of a repository ourselves. May be repeated.
   *
   * @param stats is asked with the repository locked: of two that count, the later sees all
   */
  public void counted(RepositoryId id, Supplier<RepoStats> stats) {
    store
        .findForUpdate(id)
        .ifPresent(
            repository -> {
              long freedBytes = repository.measured(stats.get(), clock.instant());
              history.note(repository.id(), repository.statistics(), freedBytes);
            });
  }

  /**
   * How a repository has grown, a row for each day on which somebody has reported, newest first.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws NotFound if there is no such repository
   */
  @RolesAllowed("viewer")
  public Page<RepositoryDay> history(RepositoryId id, String cursor, int limit) {
    Page.requireLimit(limit);
    seen(id);
    return Page.of(history.page(id, before(cursor), limit + 1), limit, day -> day.day().toString());
  }

  private static LocalDate before(String cursor) {
    try {
      return cursor.isEmpty() ? LocalDate.of(9999, 12, 31) : LocalDate.parse(cursor);
    } catch (DateTimeException e) {
      throw new Invalid("cursor", "must be one that this list has given");
    }
  }

  private Repository seen(RepositoryId id) {
    Repository repository = managed(store.find(id), id);
    if (hosts.sight().limited() && hosts.seen(store.hostsOf(id)).isEmpty()) {
      throw unknown(id);
    }
    return repository;
  }

  private Repository locked(RepositoryId id) {
    return managed(store.findForUpdate(id), id);
  }

  private static Repository managed(Optional<Repository> found, RepositoryId id) {
    return found.filter(Repository::managed).orElseThrow(() -> unknown(id));
  }

  private static NotFound unknown(RepositoryId id) {
    return new NotFound("repository", id.toString());
  }
}
