package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.resticmanager.connection.ConnectionEvent;
import org.resticmanager.connection.ConnectionEvents;
import org.resticmanager.health.Fleet;
import org.resticmanager.health.Judgement;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.HostTags;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Tags;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.Jobs;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.platform.Refusal;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.snapshot.SnapshotDetails;
import org.resticmanager.snapshot.Snapshots;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.ScheduleState;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;

/** One host: how it is, what it backs up, its jobs and its snapshots. */
@Named
@RequestScoped
public class HostView {

  private static final int JOBS = 10;
  private static final int SNAPSHOTS = 10;
  private static final int SHOWN_PATHS = 3;

  /** How far back the newest backup of a source group is looked for. */
  private static final int RECENT_JOBS = 100;

  /** Long enough that what happened in the night is seen in the morning. */
  private static final Duration TOLD_FOR = Duration.ofHours(24);

  @Inject private HostTags hostTags;
  @Inject private Hosts hosts;
  @Inject private SourceGroups sourceGroups;
  @Inject private Schedules schedules;
  @Inject private Repositories repositories;
  @Inject private Jobs jobs;
  @Inject private Snapshots snapshots;
  @Inject private ConnectionEvents connectionEvents;
  @Inject private Fleet fleet;
  @Inject private RepositoryChoices choices;
  @Inject private Person person;
  @Inject private LiveRegions live;
  @Inject private Wording wording;
  @Inject private Clock clock;

  private final String id = Address.parameter("id");
  private final String jobsAfter = Address.parameter("jobs");
  private final String snapshotsAfter = Address.parameter("snapshots");

  private HostDetails host;
  private Tags tags;
  private RepositoryDetails repository;
  private ConnectionEvent connectionEvent;
  private Judgement judgement;
  private List<GroupRow> groups;
  private List<ScheduleRow> scheduleRows;
  private ScheduleState scheduleState;
  private Page<JobDetails> jobPage;
  private Page<SnapshotDetails> snapshotPage;

  /** Shows the page, or that there is no such host. */
  public void open() {
    try {
      load();
    } catch (NotFound e) {
      Refusals.answerNotFound();
      return;
    }
    live.shows("host-head", head());
    live.shows("connection", connection());
    live.shows("host-facts", facts());
    live.shows("groups", groups);
    live.shows("schedules", scheduled());
    live.shows("jobs", jobPage);
    live.shows("snapshots", snapshotPage);
  }

  /** Shows what has changed. */
  public void refresh() {
    load();
    live.refresh("host-head", head());
    live.refresh("connection", connection());
    live.refresh("host-facts", facts());
    live.refresh("groups", groups);
    live.refresh("schedules", scheduled());
    live.refresh("jobs", jobPage);
    live.refresh("snapshots", snapshotPage);
    live.answer();
  }

  /** Queues a backup of the source group that the button names, and leads to the job. */
  public String runNow() {
    try {
      JobDetails job =
          jobs.runNow(HostId.parse(id), Address.parameter("group"), false, Optional.empty());
      return "/job.xhtml?faces-redirect=true&id=" + job.id();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  private void load() {
    HostId hostId = HostId.parse(id);
    host = hosts.find(hostId);
    tags = hostTags.of(hostId);
    repository = repositories.of(hostId).orElse(null);
    connectionEvent =
        connectionEvents.of(hostId, "", 1).items().stream()
            .filter(event -> event.at().isAfter(clock.instant().minus(TOLD_FOR)))
            .findFirst()
            .orElse(null);
    judgement = fleet.of(hostId).orElse(null);
    jobPage = jobs.of(hostId, jobsAfter, JOBS);
    snapshotPage = snapshots.of(hostId, snapshotsAfter, SNAPSHOTS);
    scheduleRows = schedules.of(hostId).stream().map(this::row).toList();
    scheduleState = schedules.state(hostId);
    List<JobDetails> recent = jobs.of(hostId, "", RECENT_JOBS).items();
    groups = sourceGroups.of(hostId).stream().map(group -> row(group, recent)).toList();
  }

  private ScheduleRow row(ScheduleDetails schedule) {
    ZonedDateTime now = clock.instant().atZone(schedule.timing().clock(host.zone()));
    Instant next =
        schedule.enabled()
            ? schedule.timing().cron().next(now, 1).stream()
                .findFirst()
                .map(ZonedDateTime::toInstant)
                .orElse(null)
            : null;
    return new ScheduleRow(schedule, next);
  }

  private GroupRow row(SourceGroupDetails group, List<JobDetails> recent) {
    JobRow newest =
        recent.stream()
            .filter(job -> job.kind() == JobKind.BACKUP && group.name().equals(job.sourceGroup()))
            .findFirst()
            .map(job -> JobRow.of(job, wording))
            .orElse(null);
    return new GroupRow(group, newest);
  }

  private List<Object> head() {
    return List.of(host, Objects.toString(connectionEvent));
  }

  /** By itself, so that what somebody is choosing there stays while the rest is renewed. */
  private List<Object> connection() {
    return repository == null && person.isFleetOperator()
        ? choices.getAll().stream().map(Object.class::cast).toList()
        : List.of(repository == null);
  }

  private List<Object> facts() {
    return List.of(host, tags, Objects.toString(repository), Objects.toString(judgement));
  }

  private List<Object> scheduled() {
    return List.of(scheduleRows, scheduleState.drift(), host.online());
  }

  private static List<String> first(List<String> paths) {
    return paths.subList(0, Math.min(SHOWN_PATHS, paths.size()));
  }

  private void need() {
    if (host == null) {
      load();
    }
  }

  /** The host. */
  public HostDetails getHost() {
    need();
    return host;
  }

  /** What people call it besides its name. */
  public Tags getTags() {
    need();
    return tags;
  }

  /** For the badge. */
  public State getState() {
    return State.of(getHost());
  }

  /** Where the host backs up to; null if it is connected to no repository. */
  public RepositoryDetails getRepository() {
    need();
    return repository;
  }

  /** What happened to its connection lately; null if nothing that a person should know. */
  public ConnectionEvent getConnectionEvent() {
    need();
    return connectionEvent;
  }

  /** The source groups by name. */
  public List<GroupRow> getGroups() {
    need();
    return groups;
  }

  /** How well it is protected, and why; null if it was not judged yet. */
  public Judgement getHealth() {
    need();
    return judgement;
  }

  /** The same for the badge. */
  public State getHealthState() {
    return State.of(getHealth().health());
  }

  /** The schedules by name. */
  public List<ScheduleRow> getSchedules() {
    need();
    return scheduleRows;
  }

  /** What to know while the agent does not have the schedules as they stand; null if it has. */
  public String getScheduleDrift() {
    need();
    if (!scheduleState.drift()) {
      return null;
    }
    return wording.text(host.online() ? "schedule.drift" : "schedule.drift.offline");
  }

  /** Jobs, newest first. */
  public List<JobRow> getJobs() {
    need();
    return jobPage.items().stream().map(job -> JobRow.of(job, wording)).toList();
  }

  /** Where older jobs begin; null if there are none. */
  public String getOlderJobs() {
    need();
    return jobPage.nextCursor().orElse(null);
  }

  /** Snapshots, newest first. */
  public List<SnapshotDetails> getSnapshots() {
    need();
    return snapshotPage.items();
  }

  /** The first paths of a snapshot. */
  public List<String> firstPaths(SnapshotDetails snapshot) {
    return first(snapshot.paths());
  }

  /** Where older snapshots begin; null if there are none. */
  public String getOlderSnapshots() {
    need();
    return snapshotPage.nextCursor().orElse(null);
  }

  public String getId() {
    return id;
  }

  public String getJobsAfter() {
    return jobsAfter;
  }

  public String getSnapshotsAfter() {
    return snapshotsAfter;
  }

  /**
   * A schedule as a line of the list.
   *
   * @param schedule the schedule
   * @param nextRun when it fires next; null if it is off, or never does
   */
  public record ScheduleRow(ScheduleDetails schedule, Instant nextRun) {}

  /**
   * A source group as a line of the list.
   *
   * @param group the source group
   * @param newestBackup null if there is none among the recent jobs
   */
  public record GroupRow(SourceGroupDetails group, JobRow newestBackup) {

    /** The first paths: enough to know the group again. */
    public List<String> shownPaths() {
      return first(group.plan().paths().includes());
    }

    /** How many paths are not among them. */
    public int otherPaths() {
      return group.plan().paths().includes().size() - shownPaths().size();
    }
  }
}
