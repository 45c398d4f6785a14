package org.resticmanager.web.ui;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.primefaces.PrimeFaces;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.ExitCode;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobId;
import org.resticmanager.job.Jobs;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.Repositories;

/** One job: how far it is, how it ended and what to do about it, and its log as it grows. */
@Named
@RequestScoped
public class JobView {

  private static final int ATTEMPTS = 10;

  /** restic's exit codes for which the pages know what to do; see {@code job.advice.*}. */
  private static final Set<Integer> EXPLAINED =
      Set.of(
          ExitCode.NO_REPOSITORY, ExitCode.LOCKED, ExitCode.WRONG_PASSWORD, ExitCode.INTERRUPTED);

  @Inject private Jobs jobs;
  @Inject private JobLogView log;
  @Inject private Repositories repositories;
  @Inject private Hosts hosts;
  @Inject private LiveRegions live;
  @Inject private Wording wording;
  @Inject private Clock clock;

  private final String id = Address.parameter("id");

  private JobDetails job;
  private HostDetails host;
  private List<JobRow> attempts;
  private Optional<NextStep> nextStep;

  /** Shows the page, or that there is no such job. */
  public void open() {
    try {
      load();
    } catch (NotFound e) {
      Refusals.answerNotFound();
      return;
    }
    live.shows("job-head", head());
    live.shows("phases", getPhases());
    live.shows("attempts", getAttempts());
    log.open();
  }

  /** Shows what has changed: the new lines of the log go to the page's script. */
  public void refresh() {
    load();
    live.refresh("job-head", head());
    live.refresh("phases", getPhases());
    live.refresh("attempts", getAttempts());
    live.answer();
    var ajax = PrimeFaces.current().ajax();
    ajax.addCallbackParam("percent", getPercent());
    ajax.addCallbackParam("facts", factsJson());
    log.tail()
        .ifPresent(
            tail -> {
              ajax.addCallbackParam("lines", tail.json());
              ajax.addCallbackParam("skipped", tail.skipped());
            });
    ajax.addCallbackParam("ended", isDone());
  }

  /** Queues the same backup once more and leads to it. */
  public String runAgain() {
    try {
      load();
      JobDetails again = jobs.runNow(job.host(), job.sourceGroup(), false, Optional.empty());
      return "/job.xhtml?faces-redirect=true&id=" + again.id();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** Queues another attempt, or has the one on its way begin as soon as it can; leads to it. */
  public String retry() {
    try {
      return "/job.xhtml?faces-redirect=true&id=" + jobs.retry(JobId.parse(id)).id();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** Has the job ended, at once or by its agent. */
  public void cancel() {
    try {
      jobs.cancel(JobId.parse(id));
    } catch (Refusal e) {
      Refusals.show(e);
    }
    load();
  }

  private void load() {
    job = jobs.find(JobId.parse(id));
    host = hosts.find(job.host());
  }

  private void need() {
    if (job == null) {
      load();
    }
  }

  /** What the head of the page shows; progress is none of it. */
  private List<String> head() {
    return List.of(
        job.status().name(),
        String.valueOf(job.error()),
        String.valueOf(job.cancelRequestedBy()),
        String.valueOf(job.snapshotId()),
        String.valueOf(job.waitingFor()),
        String.valueOf(job.notBefore()),
        State.of(host).key());
  }

  private String factsJson() {
    JsonObjectBuilder facts = JSON.createObjectBuilder();
    getFacts().forEach(facts::add);
    return facts.build().toString();
  }

  /** Whether nothing more will come. */
  public boolean isDone() {
    need();
    return log.caughtUp() && job.status().ended();
  }

  /** The job. */
  public JobDetails getJob() {
    need();
    return job;
  }

  /** Where it runs. */
  public HostDetails getHost() {
    need();
    return host;
  }

  /** What it does, in words. */
  public String getTitle() {
    return JobRow.title(getJob().outline(), wording);
  }

  /** For the badge. */
  public State getState() {
    return State.of(getJob().outline());
  }

  /** Whether restic counts this kind of job's work, and has or may yet. */
  public boolean isMeasured() {
    return getJob().kind() == JobKind.BACKUP
        && (job.progress() != null || !job.status().ended() || job.status() == JobStatus.SUCCEEDED);
  }

  /** How much is done, from 0 to 100. */
  public int getPercent() {
    JobDetails.Progress progress = getJob().progress();
    if (job.status() == JobStatus.SUCCEEDED) {
      return 100;
    }
    return progress == null ? 0 : (int) Math.floor(progress.percentDone() * 100);
  }

  /** The figures beside the bar, by the name of the place where each stands. */
  public Map<String, String> getFacts() {
    JobDetails.Progress progress = getJob().progress();
    boolean running = job.status() == JobStatus.RUNNING;
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("percent", wording.text("job.percent", getPercent()));
    facts.put("files", progress == null ? "–" : files(progress));
    facts.put("data", progress == null ? "–" : data(progress));
    facts.put("elapsed", job.startedAt() == null ? "–" : wording.span(elapsed()));
    facts.put("speed", progress == null ? "–" : speed(progress));
    facts.put(
        "left",
        running && progress != null && progress.etaSeconds() > 0
            ? wording.span(Duration.ofSeconds(progress.etaSeconds()))
            : "–");
    facts.put(
        "file",
        progress == null || progress.currentFile() == null
            ? "–"
            : wording.visible(progress.currentFile()));
    return facts;
  }

  private String files(JobDetails.Progress progress) {
    return outOf(
        wording.count(progress.filesDone()),
        wording.count(progress.totalFiles()),
        progress.totalFiles() == 0 || progress.filesDone() == progress.totalFiles());
  }

  private String data(JobDetails.Progress progress) {
    return outOf(
        wording.bytes(progress.bytesDone()),
        wording.bytes(progress.totalBytes()),
        progress.totalBytes() == 0 || progress.bytesDone() == progress.totalBytes());
  }

  private String outOf(String done, String total, boolean all) {
    return all ? done : wording.text("job.out-of", done, total);
  }

  private String speed(JobDetails.Progress progress) {
    return progress.throughputBps() <= 0
        ? "–"
        : wording.text("job.per-second", wording.bytes(progress.throughputBps()));
  }

  private Duration elapsed() {
    Instant end = job.finishedAt() == null ? clock.instant() : job.finishedAt();
    return Duration.between(job.startedAt(), end);
  }

  /** What to do next, or what it waits for; null if there is nothing to say. */
  public String getAdvice() {
    switch (getJob().status()) {
      case QUEUED:
        if (job.waitingFor() != null) {
          return wording.text("job.waiting-for", wording.visible(job.waitingFor()));
        }
        return wording.text(host.online() ? "job.advice.queued" : "job.advice.offline");
      case FAILED:
        if (job.metLock()) {
          return wording.text("job.advice.met-lock");
        }
        return wording.text(explained() ? "job.advice." + job.exitCode() : "job.advice.failed");
      case SUCCEEDED:
        return job.flagged() ? wording.text("job.advice.3") : null;
      default:
        return null;
    }
  }

  private boolean explained() {
    return job.exitCode() != null && EXPLAINED.contains(job.exitCode());
  }

  /** Where to mend what it complains of; null if there is no such place. */
  public NextStep getNextStep() {
    if (nextStep == null) {
      nextStep = NextStep.after(getJob(), repositories.of(job.host()));
    }
    return nextStep.orElse(null);
  }

  /** The steps on its way. */
  public List<JobPhase> getPhases() {
    return JobPhase.of(getJob());
  }

  /** Whether it can still be asked to end. */
  public boolean isCancellable() {
    return !getJob().status().ended() && !job.cancelling();
  }

  /** What a person who waits for the end of a cancelled job should know. */
  public String getCancelAdvice() {
    need();
    return wording.text(host.online() ? "job.cancelling" : "job.cancelling.offline");
  }

  /** Whether the same can be asked for anew. */
  public boolean isRepeatable() {
    return getJob().status() == JobStatus.SUCCEEDED && job.kind() == JobKind.BACKUP;
  }

  /** Whether another attempt makes sense: of what has failed, or of what waits for its time. */
  public boolean isRetryable() {
    return getJob().status() == JobStatus.FAILED
        || job.status() == JobStatus.CANCELLED
        || (job.attempt() > 1 && isPaused());
  }

  /** Whether it waits for its time. */
  public boolean isPaused() {
    return getJob().notBefore() != null && job.notBefore().isAfter(clock.instant());
  }

  /** Which attempt it is, and of how many where that is known. */
  public String getAttempt() {
    need();
    return jobs.lastAttempt(job.id())
        .map(last -> wording.text("job.attempt.of", job.attempt(), last))
        .orElseGet(() -> wording.text("job.attempt", job.attempt()));
  }

  /** The newest attempts of the same; empty if there is but this one. */
  public List<JobRow> getAttempts() {
    need();
    if (attempts == null) {
      List<JobRow> newest =
          jobs.attempts(job.id(), "", ATTEMPTS).items().stream()
              .map(attempt -> JobRow.of(attempt, wording))
              .toList();
      attempts = newest.size() > 1 ? newest : List.of();
    }
    return attempts;
  }

  public String getId() {
    return id;
  }
}
