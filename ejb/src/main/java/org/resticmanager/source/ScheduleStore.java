package org.resticmanager.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;

/** The schedules in the database; call it inside a transaction. */
@ApplicationScoped
public class ScheduleStore {

  @Inject private EntityManager entityManager;

  Optional<Schedule> find(UUID id) {
    return Optional.ofNullable(entityManager.find(Schedule.class, id));
  }

  Optional<Schedule> find(HostId host, String name) {
    return entityManager
        .createQuery(
            "select s from Schedule s where s.hostId = :host and s.name = :name", Schedule.class)
        .setParameter("host", host.value())
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  List<Schedule> of(HostId host) {
    return entityManager
        .createQuery(
            "select s from Schedule s where s.hostId = :host order by s.name", Schedule.class)
        .setParameter("host", host.value())
        .getResultList();
  }

  /** The schedules that have a source group, by name. */
  List<String> namesWith(HostId host, UUID sourceGroup) {
    return entityManager
        .createQuery(
            "select s.name from Schedule s join s.sourceGroups g where s.hostId = :host and g.id ="
                + " :group order by s.name",
            String.class)
        .setParameter("host", host.value())
        .setParameter("group", sourceGroup)
        .getResultList();
  }

  void insert(Schedule schedule) {
    entityManager.persist(schedule);
  }

  void delete(Schedule schedule) {
    entityManager.remove(schedule);
  }

  /** Locks the host's list, so that its versions have an order; makes it if there is none. */
  ScheduleList listForUpdate(HostId host) {
    entityManager
        .createNativeQuery(
            "insert into schedule_list (host_id, version) values (?1, 0) on conflict do nothing")
        .setParameter(1, host.value())
        .executeUpdate();
    return entityManager.find(ScheduleList.class, host.value(), LockModeType.PESSIMISTIC_WRITE);
  }

  Optional<ScheduleList> list(HostId host) {
    return Optional.ofNullable(entityManager.find(ScheduleList.class, host.value()));
  }

  List<ScheduleList> lists(List<HostId> hosts) {
    return hosts.isEmpty()
        ? List.of()
        : entityManager
            .createQuery(
                "select l from ScheduleList l where l.hostId in :hosts", ScheduleList.class)
            .setParameter("hosts", hosts.stream().map(HostId::value).toList())
            .getResultList();
  }

  List<HostId> drifting() {
    return entityManager
        .createQuery(
            "select l.hostId from ScheduleList l where l.appliedVersion is null or"
                + " l.appliedVersion < l.version",
            UUID.class)
        .getResultList()
        .stream()
        .map(HostId::new)
        .toList();
  }
}
