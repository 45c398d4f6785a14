package org.resticmanager.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.resticmanager.host.HostId;

/** The blackout windows in the database; call it inside a transaction. */
@ApplicationScoped
public class BlackoutStore {

  @Inject private EntityManager entityManager;

  Optional<HostBlackouts> of(HostId host) {
    return Optional.ofNullable(entityManager.find(HostBlackouts.class, host.value()));
  }

  /** Who has, or had, some. */
  Set<HostId> hosts() {
    return entityManager
        .createQuery("select b.hostId from HostBlackouts b", UUID.class)
        .getResultStream()
        .map(HostId::new)
        .collect(Collectors.toSet());
  }

  /** Locks them; makes them if there are none. */
  HostBlackouts ofForUpdate(HostId host) {
    entityManager
        .createNativeQuery(
            "insert into host_blackouts (host_id, zone, windows) values (?1, '', '[]') on conflict"
                + " do nothing")
        .setParameter(1, host.value())
        .executeUpdate();
    return entityManager.find(HostBlackouts.class, host.value(), LockModeType.PESSIMISTIC_WRITE);
  }
}
