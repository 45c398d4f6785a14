package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.resticmanager.enrolment.AnnouncementDetails;
import org.resticmanager.health.Concern;
import org.resticmanager.health.Fleet;
import org.resticmanager.health.FleetCounts;
import org.resticmanager.health.Growth;
import org.resticmanager.health.Health;
import org.resticmanager.health.Hour;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobId;
import org.resticmanager.job.Jobs;
import org.resticmanager.platform.Refusal;

/** Did the last night go well, and if not, what is to be done? */
@Named
@RequestScoped
public class DashboardView {

  private static final int CONCERNS = 10;
  private static final int REPOSITORIES = 5;

  @Inject private Fleet fleet;
  @Inject private Jobs jobs;
  @Inject private AnnouncedHostsView announced;
  @Inject private LiveRegions live;
  @Inject private Person person;
  @Inject private Wording wording;

  private FleetCounts counts;
  private List<ConcernRow> concerns;
  private List<Growth> damaged;
  private List<HourBar> hours;
  private List<GrowthRow> growth;

  /** Shows the page. */
  public void open() {
    live.shows("fleet", getCounts());
    live.shows("concerns", concerning());
    live.shows("day", getHours());
    live.shows("growth", getGrowth());
  }

  /** Shows what has changed. */
  public void refresh() {
    live.refresh("fleet", getCounts());
    live.refresh("concerns", concerning());
    live.refresh("day", getHours());
    live.refresh("growth", getGrowth());
    live.answer();
  }

  private Object concerning() {
    return List.of(getConcerns(), getDamaged(), getWaiting());
  }

  /** Queues another attempt of the backup that the button names, and leads to it. */
  public String retry() {
    return leadTo(() -> jobs.retry(JobId.parse(Address.parameter("job"))));
  }

  /** Queues a backup of what the button names, and leads to it. */
  public String runNow() {
    return leadTo(
        () ->
            jobs.runNow(
                HostId.parse(Address.parameter("host")),
                Address.parameter("group"),
                false,
                Optional.empty()));
  }

  private static String leadTo(Supplier<JobDetails> asked) {
    try {
      return "/job.xhtml?faces-redirect=true&id=" + asked.get().id();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  private FleetCounts getCounts() {
    if (counts == null) {
      counts = fleet.counts();
    }
    return counts;
  }

  /** How many hosts there are. */
  public long getHosts() {
    return getCounts().all();
  }

  /** The answer, in one sentence. */
  public String getVerdict() {
    FleetCounts now = getCounts();
    long failing = now.of(Health.FAILING);
    long atRisk = now.of(Health.AT_RISK);
    if (failing + atRisk > 0) {
      return wording.text("dashboard.verdict.trouble", failing + atRisk, now.all());
    }
    return now.of(Health.UNKNOWN) > 0
        ? wording.text("dashboard.verdict.unknown", now.of(Health.PROTECTED), now.all())
        : wording.text("dashboard.verdict.good", now.all());
  }

  /** How many hosts are how well protected, the worst first. */
  public List<Tile> getTiles() {
    return Arrays.stream(Health.values())
        .map(health -> new Tile(health.word(), State.of(health), getCounts().of(health)))
        .toList();
  }

  /**
   * How many hosts are how well protected.
   *
   * @param word in the address of the list
   */
  public record Tile(String word, State state, long hosts) {}

  /** What needs somebody, the most urgent first. */
  public List<ConcernRow> getConcerns() {
    if (concerns == null) {
      concerns = fleet.concerns(CONCERNS).stream().map(this::row).toList();
    }
    return concerns;
  }

  private ConcernRow row(Concern concern) {
    return new ConcernRow(
        concern,
        State.of(concern.judgement().health()),
        wording.reason(concern.judgement()),
        Remedy.of(concern, person.isOperator(), person.isFleetOperator()));
  }

  /**
   * A host that somebody should look after.
   *
   * @param what is wrong, in words
   */
  public record ConcernRow(Concern concern, State state, String what, Remedy remedy) {

    /** What the job says; empty if it says nothing. */
    public String error() {
      return concern.error().orElse("");
    }

    /** The address of the job that it is about; empty if it is about none. */
    public String job() {
      return concern.judgement().job().map(JobId::toString).orElse("");
    }

    /** The source group that it is about; empty if it is about none. */
    public String group() {
      return concern.judgement().sourceGroup().orElse("");
    }
  }

  /** Repositories in which the last check found something. */
  public List<Growth> getDamaged() {
    if (damaged == null) {
      damaged = fleet.damaged();
    }
    return damaged;
  }

  /** How many machines wait to be let in; 0 for who cannot do that. */
  public int getWaiting() {
    return person.isAdmin() ? announced.getWaiting() : 0;
  }

  /** Of a repository in which the last check found something. */
  public State getDamagedState() {
    return new State("bad", "alert", "repository.state.damaged");
  }

  /** Of machines that wait to be let in. */
  public State getWaitingState() {
    return State.of(AnnouncementDetails.Status.OPEN);
  }

  /** Whether nothing needs anybody. */
  public boolean isQuiet() {
    return getConcerns().isEmpty() && getDamaged().isEmpty() && getWaiting() == 0;
  }

  /** Whether there are more hosts to look after than are shown. */
  public boolean isMore() {
    return getConcerns().size() == CONCERNS;
  }

  /** The last 24 hours. */
  public List<HourBar> getHours() {
    if (hours == null) {
      List<Hour> day = fleet.lastDay();
      long most = day.stream().mapToLong(Hour::all).max().orElse(0);
      hours = day.stream().map(hour -> new HourBar(hour, most)).toList();
    }
    return hours;
  }

  /**
   * An hour as a bar.
   *
   * @param most jobs that ended in one of the hours
   */
  public record HourBar(Hour hour, long most) {

    /** How high the jobs that succeeded stand, in percent. */
    public long good() {
      return percent(hour.good());
    }

    /** How high those that are to be looked at stand. */
    public long flagged() {
      return percent(hour.flagged());
    }

    /** How high those that failed stand. */
    public long failed() {
      return percent(hour.failed());
    }

    private long percent(long jobs) {
      return most == 0 ? 0 : Math.round(100.0 * jobs / most);
    }
  }

  /** What ended in the last 24 hours, in one sentence. */
  public String getDaySummary() {
    long good = getHours().stream().mapToLong(bar -> bar.hour().good()).sum();
    long flagged = getHours().stream().mapToLong(bar -> bar.hour().flagged()).sum();
    long failed = getFailed();
    return good + flagged + failed == 0
        ? wording.text("dashboard.day.none")
        : wording.text("dashboard.day.summary", good, flagged, failed);
  }

  /** How many jobs failed in the last 24 hours. */
  public long getFailed() {
    return getHours().stream().mapToLong(bar -> bar.hour().failed()).sum();
  }

  /** The repositories that have grown most. */
  public List<GrowthRow> getGrowth() {
    if (growth == null) {
      growth = fleet.growth(REPOSITORIES).stream().map(this::row).toList();
    }
    return growth;
  }

  private GrowthRow row(Growth repository) {
    return new GrowthRow(
        repository,
        repository.bytes().map(wording::bytes).orElse("–"),
        repository.grown().map(this::signed).orElse("–"));
  }

  private String signed(long grown) {
    return (grown < 0 ? "−" : "+") + wording.bytes(Math.abs(grown));
  }

  /**
   * A repository as a line.
   *
   * @param size of it, in words
   * @param grown by how much, in words
   */
  public record GrowthRow(Growth repository, String size, String grown) {}
}
