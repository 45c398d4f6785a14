package org.resticmanager.source;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.NotFound;

/** The source groups of hosts. */
@Stateless
@PermitAll
public class SourceGroups {

  @Inject private SourceGroupStore store;
  @Inject private ScheduleStore schedules;
  @Inject private Hosts hosts;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Inject private Event<SchedulesChanged> changed;

  /**
   * Makes a source group, or replaces its plan. May be repeated: what changes nothing is no new
   * version of the host's schedules.
   *
   * @param seen is asked, inside the transaction, whether the state now (empty if there is none) is
   *     the one that the writer has seen; throws if it is not
   * @throws NotFound if there is no such host
   * @throws org.resticmanager.platform.Invalid if the name could not be a tag
   */
  @RolesAllowed("operator")
  public SourceGroupDetails put(
      HostId host, String name, SourceGroupPlan plan, Consumer<Optional<SourceGroupDetails>> seen) {
    String hostName = hosts.find(host).name();
    NameRule.check(name);
    Optional<SourceGroup> known = store.findForUpdate(host, name);
    Optional<SourceGroupDetails> before = known.map(SourceGroup::details);
    seen.accept(before);
    SourceGroup group = known.orElseGet(() -> new SourceGroup(host, name, clock.instant()));
    group.follow(plan);
    if (known.isEmpty()) {
      store.insert(group);
    } else if (!before.equals(Optional.of(group.details()))) {
      inform(host, group);
    }
    audit.changed(
        known.isEmpty() ? "source-group.added" : "source-group.changed",
        target(hostName, group),
        before.map(SourceGroupDetails::facts).orElse(Facts.none()),
        group.details().facts());
    return group.details();
  }

  private static Target target(String hostName, SourceGroup group) {
    SourceGroupDetails details = group.details();
    return Target.of("source-group", details.id(), hostName + "/" + details.name());
  }

  /** The agent's copy of its schedules has the groups in it. */
  private void inform(HostId host, SourceGroup group) {
    if (!schedules.namesWith(host, group.details().id()).isEmpty()) {
      schedules.listForUpdate(host).changed();
      changed.fire(new SchedulesChanged(host));
    }
  }

  /**
   * The source groups of a host, by name.
   *
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public List<SourceGroupDetails> of(HostId host) {
    hosts.find(host);
    return store.of(host).stream().map(SourceGroup::details).toList();
  }

  /**
   * One source group.
   *
   * @throws NotFound if the host has none of this name
   */
  @RolesAllowed("viewer")
  public SourceGroupDetails find(HostId host, String name) {
    hosts.find(host);
    return ofJob(host, name).orElseThrow(() -> new NotFound("source group", name));
  }

  /** The source groups of a host whose snapshots are not kept for ever, by name. */
  public List<SourceGroupDetails> withRetention(HostId host) {
    return withRetention(List.of(host)).get(host);
  }

  /** The same for many hosts; every one of them is in the answer. */
  public Map<HostId, List<SourceGroupDetails>> withRetention(List<HostId> wanted) {
    Map<HostId, List<SourceGroupDetails>> groups = new LinkedHashMap<>();
    wanted.forEach(host -> groups.put(host, new ArrayList<>()));
    for (SourceGroup group : store.of(wanted)) {
      if (!group.details().plan().retention().keepsAll()) {
        groups.get(group.host()).add(group.details());
      }
    }
    return groups;
  }

  /** What a job is to back up, as it stands now; empty if the group is gone. */
  public Optional<SourceGroupDetails> ofJob(HostId host, String name) {
    return store.find(host, name).map(SourceGroup::details);
  }

  /**
   * Removes a source group; its snapshots and its jobs stay, and one that waits fails when its turn
   * comes.
   *
   * @throws NotFound if the host has none of this name
   * @throws Conflict if a schedule has it
   */
  @RolesAllowed("operator")
  public void remove(HostId host, String name) {
    String hostName = hosts.find(host).name();
    SourceGroup group =
        store.find(host, name).orElseThrow(() -> new NotFound("source group", name));
    List<String> users = schedules.namesWith(host, group.details().id());
    if (!users.isEmpty()) {
      throw new Conflict(
          "in-use",
          "Schedules of this host have the source group: "
              + String.join(", ", users)
              + ". Take it out of them first.");
    }
    audit.changed(
        "source-group.removed", target(hostName, group), group.details().facts(), Facts.none());
    store.delete(group);
  }
}
