package org.resticmanager.bandwidth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.resticmanager.host.HostId;

/** The limits of hosts in the database; call it inside a transaction. */
@ApplicationScoped
public class BandwidthStore {

  @Inject private EntityManager entityManager;

  Optional<HostBandwidth> of(HostId host) {
    return Optional.ofNullable(entityManager.find(HostBandwidth.class, host.value()));
  }

  /** Locks them; makes them if there are none. */
  HostBandwidth ofForUpdate(HostId host) {
    entityManager
        .createNativeQuery(
            "insert into host_bandwidth (host_id, plan) values (?1, ?2) on conflict do nothing")
        .setParameter(1, host.value())
        .setParameter(2, BandwidthPlan.NONE.toColumn())
        .executeUpdate();
    return entityManager.find(HostBandwidth.class, host.value(), LockModeType.PESSIMISTIC_WRITE);
  }
}
