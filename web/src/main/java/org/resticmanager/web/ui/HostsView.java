package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.Jobs;
import org.resticmanager.platform.Page;

/** The hosts by name, a page of them at a time. */
@Named
@RequestScoped
public class HostsView {

  private static final int PAGE_SIZE = 50;

  @Inject private Hosts hosts;
  @Inject private Jobs jobs;
  @Inject private LiveRegions live;
  @Inject private Wording wording;

  private final String after = Address.parameter("after");
  private String next;
  private List<HostRow> rows;

  /** Shows the page. */
  public void open() {
    live.shows("hosts", getRows());
  }

  /** Shows what has changed. */
  public void refresh() {
    live.refresh("hosts", getRows());
    live.answer();
  }

  /** The hosts of this page. */
  public List<HostRow> getRows() {
    if (rows == null) {
      Page<HostDetails> page = hosts.list(after, PAGE_SIZE);
      next = page.nextCursor().orElse(null);
      rows = page.items().stream().map(this::row).toList();
    }
    return rows;
  }

  private HostRow row(HostDetails host) {
    JobRow newest =
        jobs.of(host.id(), "", 1).items().stream()
            .findFirst()
            .map(job -> JobRow.of(job, wording))
            .orElse(null);
    return new HostRow(host, State.of(host), newest);
  }

  /** The last name of this page if more hosts follow, else null. */
  public String getNext() {
    getRows();
    return next;
  }

  /** The last name of the page before; empty on the first. */
  public String getAfter() {
    return after;
  }

  /**
   * A host as a line of the list.
   *
   * @param host the host
   * @param state for the badge
   * @param newestJob null if it has none
   */
  public record HostRow(HostDetails host, State state, JobRow newestJob) {}
}
