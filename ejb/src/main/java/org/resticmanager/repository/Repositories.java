package org.resticmanager.repository;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.secret.Envelopes;

/** The repositories, for people and for the components that serve agents. */
@Stateless
@PermitAll
public class Repositories {

  @Inject private RepositoryStore store;
  @Inject private Hosts hosts;
  @Inject private Envelopes envelopes;
  @Inject private Clock clock;
  @Inject private Event<RepositoryConnectionChanged> changed;

  /**
   * Takes a repository under management. Nothing is written to it: {@code init} runs once a host is
   * connected to it.
   *
   * @throws Conflict if the name is taken
   */
  @RolesAllowed("operator")
  public RepositoryDetails create(NewRepository wanted) {
    if (store.nameTaken(wanted.name())) {
      throw new Conflict(
          "name-taken",
          "There is a repository '" + wanted.name() + "' already: choose another name.");
    }
    Repository repository = new Repository(wanted, clock.instant());
    store.insert(repository);
    store.insert(
        new RepositoryCredential(repository.id(), ConfigUpdate.SLOT_REPO, wanted, envelopes));
    return repository.details();
  }

  /** The repositories by name; {@code cursor} is empty for the first page. */
  @RolesAllowed("viewer")
  public Page<RepositoryDetails> list(String cursor, int limit) {
    Page.requireLimit(limit);
    List<RepositoryDetails> rows =
        store.pageByName(cursor, limit + 1).stream().map(Repository::details).toList();
    return Page.of(rows, limit, RepositoryDetails::name);
  }

  /**
   * One repository.
   *
   * @throws NotFound if there is none with this id
   */
  public RepositoryDetails find(RepositoryId id) {
    return entity(id).details();
  }

  /** The repository that a host backs up to, if it is connected to one. */
  public Optional<RepositoryDetails> of(HostId host) {
    return store.of(host).map(Repository::details);
  }

  /**
   * Connects a host to a repository, instead of the one it had. May be repeated.
   *
   * @throws NotFound if one of the two does not exist
   */
  @RolesAllowed("operator")
  public void connect(HostId host, RepositoryId repository) {
    hosts.find(host);
    entity(repository);
    Instant now = clock.instant();
    store
        .connection(host)
        .ifPresentOrElse(
            known -> known.lead(repository, now),
            () -> store.insert(new RepositoryConnection(host, repository, now)));
    changed.fire(new RepositoryConnectionChanged(host));
  }

  /**
   * Replaces the password that is given to restic in the everyday slot; the repository itself keeps
   * its own. May be repeated.
   *
   * @throws NotFound if there is no such repository
   * @throws Invalid if the password is empty
   */
  @RolesAllowed("operator")
  public void correctPassword(RepositoryId id, String password) {
    entity(id);
    if (password == null || password.isEmpty()) {
      throw new Invalid("password", "must not be empty");
    }
    store.credentials(id).forEach(credential -> credential.changePassword(password, envelopes));
    store.hostsOf(id).forEach(host -> changed.fire(new RepositoryConnectionChanged(host)));
  }

  /** What the host's agent must know to reach its repository, one message per slot. */
  public List<ConfigUpdate> configUpdates(HostId host) {
    return store
        .of(host)
        .map(
            repository ->
                store.credentials(repository.id()).stream()
                    .map(credential -> credential.configUpdate(repository.url(), envelopes))
                    .toList())
        .orElse(List.of());
  }

  /** Whether the repository is known to exist, as the database has it at this moment. */
  public boolean isInitialised(RepositoryId id) {
    return store.isInitialised(id);
  }

  /** Notes that the repository exists. May be repeated. */
  public void initialised(RepositoryId id) {
    entity(id).initialised(clock.instant());
  }

  /** Takes over what an agent learnt of its repository. May be repeated. */
  public void measured(HostId host, RepoStats stats) {
    store.of(host).ifPresent(repository -> repository.measured(stats, clock.instant()));
  }

  private Repository entity(RepositoryId id) {
    return store.find(id).orElseThrow(() -> new NotFound("repository", id.toString()));
  }
}
