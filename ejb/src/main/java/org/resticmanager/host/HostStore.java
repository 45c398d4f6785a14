package org.resticmanager.host;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.resticmanager.platform.Ids;

/** The hosts in the database; call it inside a transaction. */
@ApplicationScoped
public class HostStore {

  @Inject private EntityManager entityManager;

  Optional<Host> find(HostId id) {
    return Optional.ofNullable(entityManager.find(Host.class, id.value()));
  }

  Optional<HostId> named(String name) {
    return entityManager
        .createQuery("select h.id from Host h where h.name = :name", UUID.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst()
        .map(HostId::new);
  }

  Map<HostId, String> names(Collection<HostId> hosts) {
    if (hosts.isEmpty()) {
      return Map.of();
    }
    return entityManager
        .createQuery("select h.id, h.name from Host h where h.id in :ids", Object[].class)
        .setParameter("ids", hosts.stream().map(HostId::value).toList())
        .getResultStream()
        .collect(Collectors.toMap(row -> new HostId((UUID) row[0]), row -> (String) row[1]));
  }

  List<Host> of(Collection<HostId> hosts) {
    return hosts.isEmpty()
        ? List.of()
        : entityManager
            .createQuery("select h from Host h where h.id in :ids", Host.class)
            .setParameter("ids", hosts.stream().map(HostId::value).toList())
            .getResultList();
  }

  List<Host> pageByName(Sight sight, String afterName, int limit) {
    TypedQuery<Host> query =
        entityManager
            .createQuery(
                "select h from Host h where h.name > :after"
                    + (sight.limited() ? " and function('host_in_sight', h.id, :sight) = true" : "")
                    + " order by h.name",
                Host.class)
            .setParameter("after", afterName)
            .setMaxResults(limit);
    if (sight.limited()) {
      query.setParameter("sight", sight.parameter());
    }
    return query.getResultList();
  }

  /** Hosts that enrol with one name at the same time get {@code name}, {@code name-2}, … */
  Host insertUnderFreeName(
      String wishedName, String hostname, String os, String arch, Instant now) {
    UUID id = Ids.next();
    String name = wishedName;
    for (int number = 2; !inserted(id, name, hostname, os, arch, now); number++) {
      name = wishedName + "-" + number;
    }
    return entityManager.find(Host.class, id);
  }

  private boolean inserted(
      UUID id, String name, String hostname, String os, String arch, Instant now) {
    return entityManager
            .createNativeQuery(
                "insert into host (id, name, hostname, os, arch, enrolled_at)"
                    + " values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (name) do nothing")
            .setParameter(1, id)
            .setParameter(2, name)
            .setParameter(3, hostname)
            .setParameter(4, os)
            .setParameter(5, arch)
            .setParameter(6, now.atOffset(ZoneOffset.UTC))
            .executeUpdate()
        == 1;
  }

  /** Another connection of the host begins; the older ones are no longer the host's. */
  long nextEpoch(HostId id) {
    return ((Number)
            entityManager
                .createNativeQuery(
                    "update host set connection_epoch = connection_epoch + 1 where id = ?1"
                        + " returning connection_epoch")
                .setParameter(1, id.value())
                .getSingleResult())
        .longValue();
  }

  /** Which connection is the host's; 0 if it never had one, or there is no such host. */
  long epoch(HostId id) {
    List<?> found =
        entityManager
            .createNativeQuery("select connection_epoch from host where id = ?1")
            .setParameter(1, id.value())
            .getResultList();
    return found.isEmpty() ? 0 : ((Number) found.get(0)).longValue();
  }
}
