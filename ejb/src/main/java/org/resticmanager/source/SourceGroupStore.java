package org.resticmanager.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostId;

/** The source groups in the database; call it inside a transaction. */
@ApplicationScoped
public class SourceGroupStore {

  @Inject private EntityManager entityManager;

  Optional<SourceGroup> find(HostId host, String name) {
    return entityManager
        .createQuery(
            "select g from SourceGroup g where g.hostId = :host and g.name = :name",
            SourceGroup.class)
        .setParameter("host", host.value())
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  /** As {@link #find}, and nobody else changes it until the transaction ends. */
  Optional<SourceGroup> findForUpdate(HostId host, String name) {
    Optional<SourceGroup> found = find(host, name);
    found.ifPresent(group -> entityManager.refresh(group, LockModeType.PESSIMISTIC_WRITE));
    return found;
  }

  List<SourceGroup> of(HostId host) {
    return entityManager
        .createQuery(
            "select g from SourceGroup g where g.hostId = :host order by g.name", SourceGroup.class)
        .setParameter("host", host.value())
        .getResultList();
  }

  /** By host, then by name. */
  List<SourceGroup> of(List<HostId> hosts) {
    return hosts.isEmpty()
        ? List.of()
        : entityManager
            .createQuery(
                "select g from SourceGroup g where g.hostId in :hosts order by g.hostId, g.name",
                SourceGroup.class)
            .setParameter("hosts", hosts.stream().map(HostId::value).toList())
            .getResultList();
  }

  void insert(SourceGroup group) {
    entityManager.persist(group);
  }

  void delete(SourceGroup group) {
    entityManager.remove(group);
  }
}
