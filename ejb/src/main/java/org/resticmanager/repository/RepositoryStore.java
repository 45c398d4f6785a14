package org.resticmanager.repository;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Sight;

/** The repositories in the database; call it inside a transaction. */
@ApplicationScoped
public class RepositoryStore {

  private static final String CONNECTED_WITH_ONE_SEEN =
      " and exists (select c.hostId from RepositoryConnection c where c.repositoryId = r.id"
          + " and function('host_in_sight', c.hostId, :sight) = true)";

  @Inject private EntityManager entityManager;

  Optional<Repository> find(RepositoryId id) {
    return Optional.ofNullable(entityManager.find(Repository.class, id.value()));
  }

  /** Locks the row: edits, removal and new connections are served one after the other. */
  Optional<Repository> findForUpdate(RepositoryId id) {
    return Optional.ofNullable(
        entityManager.find(Repository.class, id.value(), LockModeType.PESSIMISTIC_WRITE));
  }

  /** Asks the database, whatever this transaction has read before. */
  boolean isInitialised(RepositoryId id) {
    return !entityManager
        .createQuery(
            "select r.id from Repository r where r.id = :id and r.initialisedAt is not null",
            UUID.class)
        .setParameter("id", id.value())
        .getResultList()
        .isEmpty();
  }

  boolean nameTaken(String name) {
    return !entityManager
        .createQuery(
            "select r.name from Repository r where r.name = :name and r.removedAt is null",
            String.class)
        .setParameter("name", name)
        .getResultList()
        .isEmpty();
  }

  /** Those to which a host is connected that is seen. */
  List<Repository> pageByName(Sight sight, String afterName, int limit) {
    TypedQuery<Repository> query =
        entityManager
            .createQuery(
                "select r from Repository r where r.name > :after and r.removedAt is null"
                    + (sight.limited() ? CONNECTED_WITH_ONE_SEEN : "")
                    + " order by r.name",
                Repository.class)
            .setParameter("after", afterName)
            .setMaxResults(limit);
    if (sight.limited()) {
      query.setParameter("sight", sight.parameter());
    }
    return query.getResultList();
  }

  void insert(Repository repository) {
    entityManager.persist(repository);
    // before the rows that refer to it: without a mapped relation the provider may reorder
    entityManager.flush();
  }

  void insert(RepositoryCredential credential) {
    entityManager.persist(credential);
  }

  /** Of one repository, the everyday slot first. */
  List<RepositoryCredential> credentials(RepositoryId repository) {
    return credentials(List.of(repository));
  }

  /** Of several repositories; of each the everyday slot first. */
  List<RepositoryCredential> credentials(Collection<RepositoryId> repositories) {
    if (repositories.isEmpty()) {
      return List.of();
    }
    return entityManager
        .createQuery(
            "select c from RepositoryCredential c where c.repositoryId in :ids order by c.slot desc",
            RepositoryCredential.class)
        .setParameter("ids", repositories.stream().map(RepositoryId::value).toList())
        .getResultList();
  }

  Optional<RepositoryCredential> credential(RepositoryId repository, Slot slot) {
    return credentials(repository).stream().filter(each -> each.slot() == slot).findFirst();
  }

  void delete(RepositoryCredential credential) {
    entityManager.remove(credential);
  }

  Optional<RepositoryConnection> connection(HostId host) {
    return Optional.ofNullable(entityManager.find(RepositoryConnection.class, host.value()));
  }

  void insert(RepositoryConnection connection) {
    entityManager.persist(connection);
  }

  /** A repository and its credentials, which has at least those of the everyday slot. */
  record Reach(Repository repository, List<RepositoryCredential> credentials) {}

  /** The one that a host backs up to. */
  Optional<Reach> of(HostId host) {
    List<Object[]> rows =
        entityManager
            .createQuery(
                "select r, k from RepositoryConnection c, Repository r, RepositoryCredential k"
                    + " where c.hostId = :host and r.id = c.repositoryId"
                    + " and k.repositoryId = r.id order by k.slot desc",
                Object[].class)
            .setParameter("host", host.value())
            .getResultList();
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new Reach(
                    (Repository) row[0],
                    rows.stream().map(each -> (RepositoryCredential) each[1]).toList()));
  }

  List<HostId> hostsOf(RepositoryId repository) {
    return entityManager
        .createQuery(
            "select c.hostId from RepositoryConnection c where c.repositoryId = :id", UUID.class)
        .setParameter("id", repository.value())
        .getResultList()
        .stream()
        .map(HostId::new)
        .toList();
  }
}
