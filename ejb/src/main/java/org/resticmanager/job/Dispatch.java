package org.resticmanager.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.Connections;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.HeldJob;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.Repositories;
import org.resticmanager.source.Hooks;
import org.resticmanager.source.Paths;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;

/** The transactions of dispatch; {@link Dispatcher} sends what they hand out. */
@Stateless
@PermitAll
public class Dispatch {

  /** An agent that has not replied to {@code command.run} by then is asked again. */
  static final Duration REPLY_WITHIN = Duration.ofSeconds(30);

  static final String CONTROL_PLANE = "control plane";

  private static final String NOTHING_TO_FORGET =
      "No source group of this host has both a retention and snapshots: there is nothing to forget.";

  @Inject JobStore store;
  @Inject LostJobStore lost;
  @Inject private UnheardJobStore unheard;
  @Inject private RetoldJobs retold;
  @Inject JobSettings settings;
  @Inject private LeaseStore leases;
  @Inject private WaitingJobStore waiting;
  @Inject private InitOnce initOnce;
  @Inject private Repositories repositories;
  @Inject private NeededCredentials credentials;
  @Inject private JobBandwidth bandwidth;
  @Inject private SourceGroups sourceGroups;
  @Inject private Forgets forgets;
  @Inject private Hosts hosts;
  @Inject private Connections connections;
  @Inject Clock clock;
  @Inject Event<JobEnded> ended;

  /**
   * A job that is marked as sent, to send now.
   *
   * @param credentials what the agent must know before, as it was when the job was claimed
   */
  public record Order(List<ConfigUpdate> credentials, CommandRun command) {

    private static Order of(CommandRun command, Optional<Repositories.Access> access) {
      return new Order(access.map(known -> known.updates().get()).orElse(List.of()), command);
    }
  }

  /**
   * What an agent that has connected is to hear of jobs.
   *
   * @param cancels jobs that it is to end
   * @param next its next one
   */
  public record Welcomed(List<JobId> cancels, Optional<Order> next) {}

  /**
   * Settles what became of the jobs that were with an agent, and claims its next one. All in one
   * transaction: after a restart thousands of hosts come back at once, and most have nothing to do.
   *
   * @param held what the agent holds, if it says so (extension {@code resume})
   */
  public Welcomed welcome(AgentConnection connection, Optional<List<HeldJob>> held) {
    HostId host = connection.hostId();
    held.ifPresent(jobs -> reconcile(host, jobs));
    retold.expect(host, retold(host, held.orElse(List.of())));
    List<JobId> cancels = cancelsFor(host);
    initIfNeeded(host);
    return new Welcomed(cancels, claimNext(connection));
  }

  private Stream<RetoldJobs.Retold> retold(HostId host, List<HeldJob> held) {
    Set<JobId> jobs =
        held.stream().flatMap(job -> JobId.ifAny(job.jobId()).stream()).collect(Collectors.toSet());
    return jobs.isEmpty() ? Stream.empty() : unheard.ended(host, jobs).stream();
  }

  /**
   * Claims the next job of the connection's host: it is marked as sent, and the caller sends it.
   * Asking again gives the next job only when the host is free again. One that may not use its
   * repository yet stays where it is, and the host with it. A job that the agent would not
   * understand fails. Nothing is claimed for a connection that is no longer the host's.
   */
  public Optional<Order> claimNext(AgentConnection connection) {
    HostId host = connection.hostId();
    store.lockQueue(host);
    Instant now = clock.instant();
    while (true) {
      Optional<Job> next = next(host, now);
      if (next.isEmpty() || connections.overtaken(host, hosts.connectionEpoch(host))) {
        return Optional.empty();
      }
      Job job = next.get();
      Optional<Order> order = claim(job, connection);
      if (order.isPresent() || !job.status().ended()) {
        return order;
      }
    }
  }

  /**
   * A host whose agent owes a reply is not free: only then is it looked whether it took too long.
   */
  private Optional<Job> next(HostId host, Instant now) {
    return store
        .nextForUpdate(host, now)
        .or(
            () -> {
              List<Job> unanswered = store.unanswered(host, now.minus(REPLY_WITHIN), now);
              unanswered.forEach(this::giveBack);
              return unanswered.isEmpty() ? Optional.empty() : store.nextForUpdate(host, now);
            });
  }

  /** Empty if the job has ended, or waits for its repository. */
  private Optional<Order> claim(Job job, AgentConnection connection) {
    Optional<Repositories.Access> access = repositories.access(job.host());
    if (leadsElsewhere(job, access)) {
      end(job, RepositoryLeft.MOVED);
      return Optional.empty();
    }
    return job.kind() == JobKind.FORGET
        ? forget(job, access, connection)
        : order(job, access, connection);
  }

  /** Its agent would do it in another repository, whose lease it has not. */
  private static boolean leadsElsewhere(Job job, Optional<Repositories.Access> access) {
    return access.filter(known -> !known.repository().id().equals(job.repository())).isPresent();
  }

  private Optional<Order> order(
      Job job, Optional<Repositories.Access> access, AgentConnection connection) {
    Optional<SourceGroupDetails> group =
        job.sourceGroupName().flatMap(name -> sourceGroups.ofJob(job.host(), name));
    if (job.sourceGroupName().isPresent() && group.isEmpty()) {
      end(job, "Its source group was removed before it began.");
      return Optional.empty();
    }
    CommandRun.Builder builder = begin(job, connection);
    group.ifPresent(found -> backUp(builder, found));
    CommandRun command = builder.build();
    return possible(job, command, access, connection) && leased(job)
        ? Optional.of(Order.of(command, access))
        : Optional.empty();
  }

  /** The same for a forget, after everybody had a look at it in the moment before it is sent. */
  private Optional<Order> forget(
      Job job, Optional<Repositories.Access> access, AgentConnection connection) {
    List<SourceGroupDetails> retained = forgets.retained(job);
    if (retained.isEmpty()) {
      end(job, NOTHING_TO_FORGET);
      return Optional.empty();
    }
    if (!leased(job)) {
      return Optional.empty();
    }
    ForgetDue due = forgets.due(job, retained, connection);
    Optional<String> refusal =
        due.refusal()
            .or(() -> due.groups().isEmpty() ? Optional.of(NOTHING_TO_FORGET) : Optional.empty());
    if (refusal.isPresent()) {
      end(job, refusal.get());
      return Optional.empty();
    }
    CommandRun.Builder builder = begin(job, connection);
    forgets.tell(builder, job, due.groups(), connection);
    CommandRun command = builder.build();
    return possible(job, command, access, connection)
        ? Optional.of(Order.of(command, access))
        : Optional.empty();
  }

  /** Unless something is in its way that does not go by itself: then the job has failed. */
  private boolean possible(
      Job job,
      CommandRun command,
      Optional<Repositories.Access> access,
      AgentConnection connection) {
    Optional<String> obstacle =
        obstacle(command, connection)
            .or(
                () ->
                    access.flatMap(
                        known -> credentials.obstacle(command, known.repository(), connection)));
    obstacle.ifPresent(reason -> end(job, reason));
    return obstacle.isEmpty();
  }

  /**
   * These connected hosts keep their places in the lines for repositories. In a transaction of its
   * own, because it locks their jobs: who claims one meanwhile finds none.
   */
  public void keepPlaces(Set<HostId> connected) {
    waiting.keepPlaces(connected, clock.instant());
  }

  /**
   * Those of these connected hosts for which a job may wait to be sent.
   *
   * @param behindToo also those that stand in line behind others, or for a repository that somebody
   *     has alone, to say anew for whom they wait
   */
  public Set<HostId> toLookAt(Set<HostId> connected, boolean behindToo) {
    Set<HostId> hosts = waiting.hostsToLookAt(clock.instant(), settings.leaseExpiry(), behindToo);
    hosts.retainAll(connected);
    return hosts;
  }

  /** The hosts whose turn at a repository has come, now that the end of this job is committed. */
  public Set<HostId> nextInLine(JobId ended) {
    return leases.nextInLine(ended);
  }

  /** Tidies the lines for repositories. May be called at any time. */
  public void forgetLostPlaces() {
    leases.forgetLostPlaces();
  }

  /** Marks the job as sent if it may use its repository now; else it waits in line. */
  private boolean leased(Job job) {
    Optional<LeaseStore.Rival> rival =
        leases.ask(job.id(), job.repository(), job.kind(), settings.leaseExpiry());
    rival.ifPresentOrElse(
        inTheWay -> job.waitsFor(inTheWay.inWords(), inTheWay.host()),
        () -> job.dispatched(clock.instant()));
    return rival.isEmpty();
  }

  /** Why this agent would not understand the command; empty if it would. */
  static Optional<String> obstacle(CommandRun command, AgentConnection connection) {
    List<String> missing =
        command.requires().stream().filter(feature -> !connection.speaks(feature)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The agent of this host does not know how ("
                + String.join(", ", missing)
                + "): update the agent, then run the job again.");
  }

  /**
   * A forget and the removal of a key delete too, but a repository whose everyday credentials may
   * do so needs no others.
   */
  private boolean asAdmin(Job job) {
    return switch (job.kind()) {
      case PRUNE, UNLOCK -> true;
      case FORGET, KEY_REMOVE -> repositories.ofJob(job.repository()).adminSlot();
      default -> job.adminCredentials();
    };
  }

  /** What every command says. */
  private CommandRun.Builder begin(Job job, AgentConnection connection) {
    CommandRun.Builder command =
        CommandRun.of(job.id().toString(), job.kind())
            .readDataSubset(job.readDataSubset())
            .requiresAdminCreds(asAdmin(job));
    bandwidth
        .of(job, connection)
        .ifPresent(limits -> command.limits(limits.uploadKib(), limits.downloadKib()));
    return command;
  }

  private static void backUp(CommandRun.Builder command, SourceGroupDetails group) {
    Paths paths = group.plan().paths();
    Hooks hooks = group.plan().hooks();
    command
        .includes(paths.includes())
        .excludes(paths.excludes())
        .excludeOptions(paths.excludeCaches(), paths.excludeIfPresent(), paths.oneFileSystem())
        .tag(group.name());
    if (hooks.any()) {
      command.hooks(hooks.pre(), hooks.post(), (long) hooks.timeoutSeconds());
    }
  }

  /** Queues {@code init} if the host's repository is not known to exist. May be repeated. */
  public void initIfNeeded(HostId host) {
    repositories
        .of(host)
        .ifPresent(repository -> initOnce.queueIfNeeded(host, repository, CONTROL_PLANE));
  }

  /**
   * Compares what we believe to be with the agent to what it says it holds (extension {@code
   * resume}): what it never got goes back to the queue, what it has lost has failed.
   */
  void reconcile(HostId host, List<HeldJob> jobs) {
    Set<String> held = jobs.stream().map(HeldJob::jobId).collect(Collectors.toSet());
    store.lockQueue(host);
    for (Job job : store.open(host)) {
      if (held.contains(job.id().toString())) {
        continue;
      }
      if (job.status() == JobStatus.RUNNING) {
        end(
            job,
            "The agent no longer knows this job: its data folder was lost or replaced while the"
                + " job ran.");
      } else if (job.dispatched()) {
        giveBack(job);
      }
    }
  }

  private void giveBack(Job job) {
    if (job.returned(clock.instant())) {
      ended.fire(new JobEnded(job.details()));
    }
  }

  private void end(Job job, String reason) {
    job.failed(reason, clock.instant());
    ended.fire(new JobEnded(job.details()));
  }

  /** The running jobs of hosts that were not heard of for too long. */
  public List<JobId> lostJobs() {
    return lost.ofHostsSilentFor(settings.lostAfter());
  }

  /**
   * Ends such a job, unless it has ended meanwhile. What its agent may report of it later counts
   * all the same.
   */
  public void lose(JobId id) {
    // before the job's row, as everywhere: its end may queue another attempt
    store.hostOf(id).ifPresent(store::lockQueue);
    store
        .findForUpdate(id)
        .filter(job -> job.status() == JobStatus.RUNNING)
        .ifPresent(
            job -> {
              long hours = settings.lostAfter().toHours();
              job.lost(
                  "host lost: nothing was heard of it for " + hours + " hours", clock.instant());
              ended.fire(new JobEnded(job.details()));
            });
  }

  /** The jobs with the host's agent that somebody wants ended. */
  public List<JobId> cancelsFor(HostId host) {
    return store.cancels(host);
  }

  /** The hosts for which there are such jobs. */
  public List<HostId> hostsWithCancels() {
    return store.hostsWithCancels();
  }
}
