package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.HostTags;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Tags;
import org.resticmanager.job.Jobs;
import org.resticmanager.platform.Page;

/** The hosts by name, a page of them at a time. */
@Named
@RequestScoped
public class HostsView {

  private static final int PAGE_SIZE = 50;

  @Inject private Hosts hosts;
  @Inject private HostTags hostTags;
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
      Map<HostId, Tags> tags = hostTags.of(page.items().stream().map(HostDetails::id).toList());
      rows =
          page.items().stream()
              .map(host -> row(host, tags.getOrDefault(host.id(), Tags.NONE)))
              .toList();
    }
    return rows;
  }

  private HostRow row(HostDetails host, Tags tags) {
    JobRow newest =
        jobs.of(host.id(), "", 1).items().stream()
            .findFirst()
            .map(job -> JobRow.of(job, wording))
            .orElse(null);
    return new HostRow(host, tags, State.of(host), newest);
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
   * @param tags what people call it besides its name
   * @param state for the badge
   * @param newestJob null if it has none
   */
  public record HostRow(HostDetails host, Tags tags, State state, JobRow newestJob) {}
}
