package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobFilter;
import org.resticmanager.job.JobSearch;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/** The jobs of all hosts, those queued last first, and which of them a person wants to see. */
@Named
@RequestScoped
public class JobsView {

  private static final int PAGE_SIZE = 50;

  /** Nothing asks for jobs of these kinds so far. */
  private static final EnumSet<JobKind> NOT_MADE_YET = EnumSet.of(JobKind.RESTORE, JobKind.DIFF);

  @Inject private JobSearch search;
  @Inject private Hosts hosts;
  @Inject private LiveRegions live;
  @Inject private Wording wording;
  @Inject private Clock clock;

  private final String host = Address.parameter("host").strip();
  private final String kind = Address.parameter("kind");
  private final String status = Address.parameter("status");
  private final String since = Address.parameter("since");
  private final String after = Address.parameter("after");
  private boolean hostUnknown;
  private String next;
  private List<ListedJob> rows;

  /** Shows the page, or that its address asks for what cannot be. */
  public void open() {
    try {
      live.shows("jobs", getRows());
    } catch (Invalid e) {
      rows = List.of();
      Refusals.answerNotFound();
    }
  }

  /** Shows what has changed. */
  public void refresh() {
    live.refresh("jobs", getRows());
    live.answer();
  }

  /** The jobs of this page. */
  public List<ListedJob> getRows() {
    if (rows == null) {
      Page<JobDetails> page = find();
      Map<HostId, String> names =
          hosts.names(page.items().stream().map(JobDetails::host).collect(Collectors.toSet()));
      next = page.nextCursor().orElse(null);
      rows =
          page.items().stream()
              .map(job -> new ListedJob(JobRow.of(job, wording), names.get(job.host())))
              .toList();
    }
    return rows;
  }

  private Page<JobDetails> find() {
    Optional<HostId> wanted = host.isEmpty() ? Optional.empty() : hosts.named(host);
    hostUnknown = !host.isEmpty() && wanted.isEmpty();
    if (hostUnknown) {
      return new Page<>(List.of(), Optional.empty());
    }
    JobFilter filter =
        JobFilter.parse(wanted.map(HostId::toString).orElse(""), kind, status, from(), "");
    return search.list(filter, after, PAGE_SIZE);
  }

  private String from() {
    return Spans.from(since, clock.instant()).map(Object::toString).orElse("");
  }

  /** What may be chosen as kind. */
  public List<Choice> getKinds() {
    return EnumSet.complementOf(NOT_MADE_YET).stream()
        .map(choice -> choice("job.kind.", choice.wireName(), kind))
        .toList();
  }

  /** What may be chosen as status. */
  public List<Choice> getStatuses() {
    return List.of(JobStatus.values()).stream()
        .map(choice -> choice("job.status.", choice.wireName(), status))
        .toList();
  }

  /** What may be chosen as time. */
  public List<Choice> getSpans() {
    return Spans.choices(since, wording);
  }

  private Choice choice(String keys, String value, String chosen) {
    return new Choice(value, wording.text(keys + value), value.equals(chosen));
  }

  /** Whether some jobs may be left out. */
  public boolean isFiltered() {
    return !(host + kind + status + since).isEmpty();
  }

  /** Whether a host is asked for that does not exist. */
  public boolean isHostUnknown() {
    getRows();
    return hostUnknown;
  }

  /** The name of the only host to show; empty for all. */
  public String getHost() {
    return host;
  }

  public String getKind() {
    return kind;
  }

  public String getStatus() {
    return status;
  }

  public String getSince() {
    return since;
  }

  /** Where the page before ended; empty on the first. */
  public String getAfter() {
    return after;
  }

  /** Where this page ends if more jobs follow, else null. */
  public String getNext() {
    getRows();
    return next;
  }

  /**
   * A job as a line of the list.
   *
   * @param row the job
   * @param host what its host is called
   */
  public record ListedJob(JobRow row, String host) {}

  /**
   * One of the things that a filter lets through.
   *
   * @param value in the address
   * @param label for people
   * @param chosen whether it is the one
   */
  public record Choice(String value, String label, boolean chosen) {}
}
