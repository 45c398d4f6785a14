package org.resticmanager.source;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.protocol.wire.Schedule.ScheduledSourceGroup;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleSet;

/**
 * The schedules of hosts. Our list is the truth; each change gives it a new version, which the
 * host's agent applies and confirms.
 */
@Stateless
@PermitAll
public class Schedules {

  @Inject private ScheduleStore store;
  @Inject private SourceGroupStore sourceGroups;
  @Inject private Hosts hosts;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Inject private Event<SchedulesChanged> changed;

  /**
   * Makes a schedule, or replaces one. May be repeated: what changes nothing is no new version.
   *
   * @param groups names of source groups of the host, at least one
   * @param seen is asked, inside the transaction, whether the state now (empty if there is none) is
   *     the one that the writer has seen; throws if it is not
   * @throws NotFound if there is no such host
   * @throws Invalid if the name is none, or a source group does not exist
   * @throws Conflict if it names a zone, and the host's agent is known to know none
   */
  @RolesAllowed("operator")
  public ScheduleDetails put(
      HostId host,
      String name,
      Timing timing,
      boolean enabled,
      List<String> groups,
      Consumer<Optional<ScheduleDetails>> seen) {
    HostDetails owner = hosts.find(host);
    requireZones(owner, timing);
    NameRule.check(name);
    List<SourceGroup> covered = existing(host, groups);
    ScheduleList list = store.listForUpdate(host);
    Optional<Schedule> known = store.find(host, name);
    Optional<ScheduleDetails> before = known.map(Schedule::details);
    seen.accept(before);
    Schedule schedule = known.orElseGet(() -> new Schedule(host, name, clock.instant()));
    schedule.run(timing, enabled, covered, clock.instant());
    if (known.isEmpty()) {
      store.insert(schedule);
    }
    if (!before.equals(Optional.of(schedule.details()))) {
      newVersion(host, list);
    }
    audit.changed(
        known.isEmpty() ? "schedule.added" : "schedule.changed",
        target(owner, schedule),
        before.map(ScheduleDetails::facts).orElse(Facts.none()),
        schedule.details().facts());
    return schedule.details();
  }

  /**
   * Enables every schedule of a host, or disables every one; jobs that are queued stay. May be
   * repeated: what changes nothing is no new version.
   *
   * @return all of them, by name
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("operator")
  public List<ScheduleDetails> enableAll(HostId host, boolean enabled) {
    HostDetails owner = hosts.find(host);
    ScheduleList list = store.listForUpdate(host);
    List<Schedule> all = store.of(host);
    List<Schedule> others = all.stream().filter(each -> each.enabled() != enabled).toList();
    for (Schedule schedule : others) {
      Facts before = schedule.details().facts();
      schedule.enable(enabled, clock.instant());
      audit.changed(
          "schedule.changed", target(owner, schedule), before, schedule.details().facts());
    }
    if (!others.isEmpty()) {
      newVersion(host, list);
    }
    return all.stream().map(Schedule::details).toList();
  }

  private static Target target(HostDetails host, Schedule schedule) {
    ScheduleDetails details = schedule.details();
    return Target.of("schedule", details.id(), host.name() + "/" + details.name());
  }

  private static void requireZones(HostDetails host, Timing timing) {
    if (timing.zone().isPresent() && host.zone() == null && host.lastSeenAt() != null) {
      throw new Conflict(
          "agent-without-zones",
          "The agent of this host knows no time zones: update it, or leave the zone out; the"
              + " schedule then follows the host's own clock.");
    }
  }

  private List<SourceGroup> existing(HostId host, List<String> names) {
    if (names == null || names.isEmpty()) {
      throw new Invalid("sourceGroups", "must name at least one source group");
    }
    return names.stream()
        .distinct()
        .sorted()
        .map(
            name ->
                sourceGroups
                    .find(host, name)
                    .orElseThrow(
                        () ->
                            new Invalid(
                                "sourceGroups",
                                "must name source groups of this host, unlike '" + name + "'")))
        .toList();
  }

  /**
   * Removes a schedule; jobs that it has queued stay.
   *
   * @throws NotFound if the host has none of this name
   */
  @RolesAllowed("operator")
  public void remove(HostId host, String name) {
    HostDetails owner = hosts.find(host);
    ScheduleList list = store.listForUpdate(host);
    Schedule schedule = entity(host, name);
    audit.changed(
        "schedule.removed", target(owner, schedule), schedule.details().facts(), Facts.none());
    store.delete(schedule);
    newVersion(host, list);
  }

  private void newVersion(HostId host, ScheduleList list) {
    list.changed();
    changed.fire(new SchedulesChanged(host));
  }

  /**
   * The schedules of a host, by name.
   *
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public List<ScheduleDetails> of(HostId host) {
    return store.of(requireHost(host)).stream().map(Schedule::details).toList();
  }

  /**
   * One schedule.
   *
   * @throws NotFound if the host has none of this name
   */
  @RolesAllowed("viewer")
  public ScheduleDetails find(HostId host, String name) {
    return entity(requireHost(host), name).details();
  }

  /** Whether a host's agent has its schedules as they stand. */
  public ScheduleState state(HostId host) {
    return store.list(host).map(ScheduleList::state).orElse(ScheduleState.NONE);
  }

  /** The same for many hosts; every one of them is in the answer. */
  public Map<HostId, ScheduleState> states(List<HostId> wanted) {
    Map<HostId, ScheduleState> known =
        store.lists(wanted).stream()
            .collect(Collectors.toMap(ScheduleList::host, ScheduleList::state));
    return wanted.stream()
        .distinct()
        .collect(
            Collectors.toMap(host -> host, host -> known.getOrDefault(host, ScheduleState.NONE)));
  }

  /** The hosts whose agents lag behind. */
  public List<HostId> drifting() {
    return store.drifting();
  }

  /** What a host's agent is to apply, as it stands now. */
  public ScheduleSet setFor(HostId host) {
    // the version before the list: a change in between is sent under an old version, and again
    long version = state(host).version();
    return new ScheduleSet(
        version, store.of(host).stream().map(Schedule::details).map(Schedules::onTheWire).toList());
  }

  private static org.resticmanager.protocol.wire.Schedule onTheWire(ScheduleDetails schedule) {
    return new org.resticmanager.protocol.wire.Schedule(
        schedule.id().toString(),
        schedule.timing().cron().expression(),
        schedule.timing().zone().map(ZoneId::getId).orElse(""),
        schedule.enabled(),
        schedule.sourceGroups().stream()
            .map(
                group ->
                    new ScheduledSourceGroup(
                        group.name(),
                        group.plan().paths().includes(),
                        group.plan().paths().excludes(),
                        null,
                        group.plan().retry().max(),
                        group.plan().retry().backoffSeconds()))
            .toList());
  }

  /** Takes over what an agent has applied. May be repeated. */
  public void applied(HostId host, ScheduleAck ack) {
    if (ack.version() == 0) {
      // the empty list of a host that never had a schedule
      return;
    }
    ScheduleList list = store.listForUpdate(host);
    if (list.applied(ack.version(), ack.appliedAt() == null ? clock.instant() : ack.appliedAt())) {
      changed.fire(new SchedulesChanged(host));
    }
  }

  /**
   * The schedule of which an agent says that it has fired.
   *
   * @throws UnknownSchedule if the host has no such schedule, or it is disabled
   */
  public ScheduleDetails fired(HostId host, String id) {
    return parse(id)
        .flatMap(store::find)
        .filter(schedule -> schedule.isOf(host))
        .map(Schedule::details)
        .filter(ScheduleDetails::enabled)
        .orElseThrow(() -> new UnknownSchedule(id));
  }

  private static Optional<UUID> parse(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private HostId requireHost(HostId host) {
    return hosts.find(host).id();
  }

  private Schedule entity(HostId host, String name) {
    return store.find(host, name).orElseThrow(() -> new NotFound("schedule", name));
  }
}
