package org.resticmanager.maintenance;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.Connections;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobQueue;
import org.resticmanager.maintenance.MaintenanceState.OperationState;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.snapshot.Snapshots;
import org.resticmanager.source.Blackouts;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;

/** What keeps the repositories small and sound: the plans for it, and the jobs that follow them. */
@Stateless
@PermitAll
public class Maintenance {

  static final String ACTOR = "maintenance plan";

  /** A host that was not heard of for so long will not begin soon what waits for it. */
  private static final Duration AWAY = Duration.ofMinutes(15);

  /** Clocks of nodes do not differ by so much, unless one is wrong. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  @Inject MaintenanceStore store;
  @Inject private Repositories repositories;
  @Inject private SourceGroups sourceGroups;
  @Inject private Snapshots snapshots;
  @Inject JobQueue jobs;
  @Inject private Hosts hosts;
  @Inject private Connections connections;
  @Inject private Audit audit;
  @Inject private Blackouts blackouts;
  @Inject Clock clock;
  @Resource private SessionContext context;

  /**
   * How the maintenance of a repository stands, with the jobs of hosts that the caller sees.
   *
   * @throws NotFound if there is no such repository
   */
  @RolesAllowed("viewer")
  public MaintenanceState find(RepositoryId id) {
    repositories.find(id);
    MaintenanceState state = state(id, stored(id));
    return hosts.sight().limited() ? state.ofHosts(hosts.seen(state.hosts())) : state;
  }

  /**
   * How much of a repository's data checks have read.
   *
   * @throws NotFound if there is no such repository
   */
  @RolesAllowed("viewer")
  public CheckCoverage coverage(RepositoryId id) {
    int parts = find(id).checkParts();
    return parts == 0 ? CheckCoverage.NONE : store.coverage(id, parts);
  }

  /**
   * Changes the plan of a repository. May be repeated: what changes nothing is no new version.
   *
   * @param edit gives the plan that is wanted for how things stand; called with the plan locked,
   *     and throws to refuse the change
   * @throws NotFound if there is no such repository
   */
  @RolesAllowed("fleet-operator")
  public MaintenanceState edit(RepositoryId id, Function<MaintenanceState, MaintenancePlan> edit) {
    String name = repositories.find(id).name();
    stored(id);
    store.lock(id);
    MaintenanceStore.Stored before = stored(id);
    MaintenancePlan plan = edit.apply(state(id, before));
    audit.changed(
        "maintenance.changed",
        Target.of("repository", id, name),
        before.plan().facts(),
        plan.facts());
    if (!before.plan().equals(plan)) {
      Instant now = clock.instant();
      store.update(id, plan);
      plan.moments()
          .forEach(
              (operation, moment) -> {
                if (!moment.equals(before.plan().moments().get(operation))) {
                  Optional<Instant> next =
                      moment.enabled() ? Optional.of(moment.after(now)) : Optional.empty();
                  store.update(id, operation, moment, next);
                }
              });
    }
    return state(id, stored(id));
  }

  /**
   * Queues the jobs of an operation; returns at once. A job of it that waits or runs already is the
   * answer, and waits for no blackout window any more: there is never a second one.
   *
   * @param confirm for a forget: the {@link MaintenanceState#policyVersion} that the caller has
   *     looked at, and wants carried out whatever goes; empty for a guarded one
   * @return the jobs, at least one
   * @throws NotFound if there is no such repository
   * @throws Conflict if something is in its way, or the policies are others by now
   */
  @RolesAllowed("fleet-operator")
  public List<JobDetails> runNow(RepositoryId id, Operation operation, Optional<String> confirm) {
    String name = repositories.find(id).name();
    stored(id);
    store.lock(id);
    MaintenanceStore.Stored stored = stored(id);
    if (confirm.isPresent() && operation != Operation.FORGET) {
      throw new Invalid("confirm", "is for a forget only");
    }
    if (confirm.isPresent() && !confirm.get().equals(policyVersion(id))) {
      throw new Conflict(
          "policies-changed",
          "The retentions are others than those that you confirm: look at what would go again.");
    }
    lasting(id, operation).ifPresent(Maintenance::refuse);
    List<JobDetails> all = new ArrayList<>(jobs.open(id, operation.kind()));
    List<HostId> free = free(id, operation, all, host -> true);
    if (all.isEmpty() && free.isEmpty() && !operation.onEveryHost()) {
      free = elsewhere(id).limit(1).toList();
    }
    if (all.isEmpty() && free.isEmpty()) {
      refuse(operation.onEveryHost() ? Obstacle.NOTHING_TO_FORGET : Obstacle.NO_HOST_ONLINE);
    }
    String actor = context.getCallerPrincipal().getName();
    all.replaceAll(job -> wanted(job, confirm.isPresent()));
    for (HostId host : free) {
      all.add(queue(id, operation, host, stored, actor, confirm.isPresent()));
    }
    audit.done(
        "maintenance.run",
        Target.of("repository", id, name),
        Facts.with("operation", operation.word())
            .and("jobs", all.stream().map(JobDetails::id).toList())
            .and("guarded", confirm.isEmpty()));
    return all;
  }

  /** What waits already, now that a person wants it. */
  private JobDetails wanted(JobDetails open, boolean confirmed) {
    if (confirmed && open.status() == JobStatus.QUEUED) {
      store.confirm(open.first(), policies(open.host()));
    }
    return jobs.hurry(open);
  }

  private String policies(HostId host) {
    return PolicyVersion.of(host, sourceGroups.withRetention(host));
  }

  private static void refuse(Obstacle obstacle) {
    throw new Conflict(obstacle.code(), "It cannot be done now: " + obstacle.words() + ".");
  }

  /** Makes plans for repositories that have none, and works out when what is planned comes. */
  public void prepare() {
    store.addMissing();
    Instant now = clock.instant();
    for (MaintenanceStore.Due moment : store.unplanned(now)) {
      store
          .find(moment.repository())
          .map(stored -> stored.plan().moments().get(moment.operation()).after(now))
          .ifPresent(next -> store.next(moment.repository(), moment.operation(), next));
    }
  }

  /**
   * Works out anew what comes later than it should: the clock of the node that did so was wrong.
   * May be called at any time.
   */
  public void correct() {
    Instant now = clock.instant();
    for (MaintenanceStore.Planned planned : store.planned(now)) {
      // for another node that is a little ahead, its next moment may be over
      if (planned.due().at().isAfter(planned.moment().after(now.plus(SKEW)))) {
        store.move(planned.due(), planned.moment().after(now));
      }
    }
  }

  /** What is due, the longest overdue first. */
  public List<MaintenanceStore.Due> due() {
    return store.due(clock.instant());
  }

  /**
   * Queues the jobs of an operation that is due, and plans it for the next time. A moment that was
   * missed is caught up once, however many of them there were. What is still at it, or waits, does
   * this moment's work as well. If something is in the way the operation stays due; so it does if
   * no host that could do it is connected to this node (it may be to another) or all of them are in
   * a blackout window. A forget, which no other host can do, waits for the end of its host's.
   */
  public void start(RepositoryId id, Operation operation) {
    Instant now = clock.instant();
    Optional<Instant> claimed = store.claim(id, operation, now);
    if (claimed.isEmpty() || lasting(id, operation).isPresent()) {
      return;
    }
    List<JobDetails> open = jobs.open(id, operation.kind());
    List<HostId> free =
        free(id, operation, open, host -> operation.onEveryHost() || !leftAlone(host, now));
    if (!operation.onEveryHost() && open.isEmpty() && free.isEmpty()) {
      return;
    }
    MaintenanceStore.Stored stored = stored(id);
    if (store.fire(new MaintenanceStore.Due(id, operation, claimed.get()), now)) {
      free.forEach(host -> putOff(queue(id, operation, host, stored, ACTOR, false), now));
    }
    store.next(id, operation, stored.plan().moments().get(operation).after(now));
  }

  private void putOff(JobDetails job, Instant now) {
    Instant allowed = blackouts.allowed(job.host(), now);
    if (allowed.isAfter(now)) {
      jobs.putOff(job.id(), allowed);
    }
  }

  private boolean leftAlone(HostId host, Instant now) {
    return blackouts.allowed(host, now).isAfter(now);
  }

  /**
   * Takes back what a host has not begun and is too long away for, so that another one may do it,
   * or it is seen that none can.
   */
  public void takeBackStranded() {
    Instant now = clock.instant();
    for (MaintenanceStore.Stranded stranded : store.stranded(now.minus(AWAY))) {
      if (jobs.withdraw(stranded.job())) {
        store.next(stranded.repository(), stranded.operation(), now);
      }
    }
  }

  private JobDetails queue(
      RepositoryId id,
      Operation operation,
      HostId host,
      MaintenanceStore.Stored stored,
      String actor,
      boolean confirmed) {
    int parts = operation == Operation.CHECK ? stored.plan().checkParts() : 0;
    int part = Math.min(stored.checkPart(), Math.max(parts, 1));
    JobDetails job =
        jobs.add(host, id, operation.kind(), parts == 0 ? "" : part + "/" + parts, actor);
    store.add(job.id(), confirmed ? Optional.of(policies(host)) : Optional.empty(), part, parts);
    return job;
  }

  /**
   * The hosts on which jobs are to be queued beside those that there are.
   *
   * @param suits which hosts may be asked now
   */
  private List<HostId> free(
      RepositoryId id, Operation operation, List<JobDetails> open, Predicate<HostId> suits) {
    if (operation.onEveryHost()) {
      Set<HostId> busy = open.stream().map(JobDetails::host).collect(Collectors.toSet());
      return sourceGroups.withRetention(store.hosts(id)).entrySet().stream()
          .filter(host -> !busy.contains(host.getKey()))
          .filter(host -> hasSomethingToForget(host.getKey(), host.getValue()))
          .map(Map.Entry::getKey)
          .filter(suits)
          .toList();
    }
    return open.isEmpty() ? able(id, operation).filter(suits).limit(1).toList() : List.of();
  }

  private boolean hasSomethingToForget(HostId host, List<SourceGroupDetails> groups) {
    return groups.stream().anyMatch(group -> snapshots.any(host, group.name()));
  }

  /** The hosts that are connected to this node and know how. */
  private Stream<HostId> able(RepositoryId id, Operation operation) {
    return store.hosts(id).stream()
        .filter(host -> connections.of(host).filter(agent -> knows(agent, operation)).isPresent());
  }

  private static boolean knows(AgentConnection agent, Operation operation) {
    return operation.features().stream().allMatch(agent::speaks);
  }

  /** The hosts that are online and not connected to this node. */
  private Stream<HostId> elsewhere(RepositoryId id) {
    return store.hosts(id).stream()
        .filter(host -> connections.of(host).isEmpty() && hosts.online(host));
  }

  /** What is in the way, and does not go by itself. */
  private Optional<Obstacle> lasting(RepositoryId id, Operation operation) {
    return operation.needsAdminSlot() && !store.hasAdminSlot(id)
        ? Optional.of(Obstacle.NO_ADMIN_CREDENTIALS)
        : Optional.empty();
  }

  private MaintenanceStore.Stored stored(RepositoryId id) {
    return store
        .find(id)
        .or(
            () -> {
              // it is so new that no tick has seen it
              prepare();
              return store.find(id);
            })
        .orElseThrow(() -> new NotFound("repository", id.toString()));
  }

  private MaintenanceState state(RepositoryId id, MaintenanceStore.Stored stored) {
    return new MaintenanceState(
        id,
        stored.plan(),
        stored.version(),
        policyVersion(id),
        stored.checkPart(),
        stored.plan().checkParts(),
        Stream.of(Operation.values()).map(operation -> state(id, operation, stored)).toList());
  }

  private OperationState state(
      RepositoryId id, Operation operation, MaintenanceStore.Stored stored) {
    List<JobDetails> newest = jobs.newest(id, operation.kind());
    Optional<Instant> next = Optional.ofNullable(stored.next().get(operation));
    return new OperationState(
        operation,
        next,
        blocked(id, operation, next, newest),
        newest,
        operation == Operation.FORGET
            ? newest.stream().filter(job -> store.wasRefused(job.id())).toList()
            : List.of());
  }

  private Optional<Obstacle> blocked(
      RepositoryId id, Operation operation, Optional<Instant> next, List<JobDetails> newest) {
    Optional<Obstacle> lasting = lasting(id, operation);
    if (lasting.isPresent()) {
      return lasting;
    }
    if (operation.onEveryHost()) {
      return sourceGroups.withRetention(store.hosts(id)).entrySet().stream()
              .anyMatch(host -> hasSomethingToForget(host.getKey(), host.getValue()))
          ? Optional.empty()
          : Optional.of(Obstacle.NOTHING_TO_FORGET);
    }
    Instant now = clock.instant();
    boolean waits =
        next.filter(at -> !at.isAfter(now)).isPresent()
            && newest.stream().allMatch(job -> job.status().ended());
    return waits ? lackOfHosts(id, operation, now) : Optional.empty();
  }

  private Optional<Obstacle> lackOfHosts(RepositoryId id, Operation operation, Instant now) {
    List<HostId> able = Stream.concat(able(id, operation), elsewhere(id)).toList();
    if (able.isEmpty()) {
      return Optional.of(Obstacle.NO_HOST_ONLINE);
    }
    return able.stream().allMatch(host -> leftAlone(host, now))
        ? Optional.of(Obstacle.BLACKOUT_WINDOW)
        : Optional.empty();
  }

  private String policyVersion(RepositoryId id) {
    return PolicyVersion.of(
        sourceGroups.withRetention(store.hosts(id)).entrySet().stream()
            .sorted(Comparator.comparing(host -> host.getKey().value()))
            .map(host -> PolicyVersion.of(host.getKey(), host.getValue()))
            .toList());
  }
}
