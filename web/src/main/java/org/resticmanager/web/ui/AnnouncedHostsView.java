package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.resticmanager.enrolment.AnnouncementDetails;
import org.resticmanager.enrolment.AnnouncementDetails.Status;
import org.resticmanager.enrolment.Announcements;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Page;
import org.resticmanager.platform.Refusal;

/** The machines that have announced themselves, for who lets them in or not. */
@Named
@RequestScoped
public class AnnouncedHostsView {

  private static final int PAGE_SIZE = 50;

  @Inject private Announcements announcements;
  @Inject private Hosts hosts;
  @Inject private LiveRegions live;
  @Inject private Person person;
  @Inject private Wording wording;

  private final String after = Address.parameter("after");
  private Page<AnnouncementDetails> page;

  /** Shows the page. */
  public void open() {
    if (person.isAdmin()) {
      live.shows("announced", getRows());
    }
  }

  /** Shows what has changed. */
  public void refresh() {
    live.refresh("announced", getRows());
    live.answer();
  }

  /** Lets the machine in that the button names, and leads to its host. */
  public String accept() {
    try {
      String host = announcements.accept(Address.parameter("announcement"), "").id().toString();
      return "/host.xhtml?faces-redirect=true&id=" + host;
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** Turns the machine away that the button names. */
  public void reject() {
    try {
      announcements.reject(Address.parameter("announcement"));
    } catch (Refusal e) {
      Refusals.show(e);
    }
    page = null; // the button was looked for in the rows before
  }

  private Page<AnnouncementDetails> page() {
    if (page == null) {
      page = announcements.list(after, PAGE_SIZE);
    }
    return page;
  }

  /** The machines of this page, newest first. */
  public List<AnnouncementRow> getRows() {
    Map<String, Long> sameName =
        page().items().stream()
            .filter(announcement -> announcement.status() == Status.OPEN)
            .collect(
                Collectors.groupingBy(
                    announcement -> announcement.machine().hostname(), Collectors.counting()));
    return page().items().stream().map(announcement -> row(announcement, sameName)).toList();
  }

  private AnnouncementRow row(AnnouncementDetails announcement, Map<String, Long> sameName) {
    String name = announcement.machine().hostname();
    String warning = null;
    if (announcement.status() == Status.OPEN && sameName.getOrDefault(name, 0L) > 1) {
      warning = wording.text("announced.same-name");
    } else if (announcement.status() == Status.OPEN && hosts.named(name).isPresent()) {
      warning = wording.text("announced.known-name");
    }
    return new AnnouncementRow(announcement, State.of(announcement.status()), warning);
  }

  /** The last one of this page if older ones follow, else null. */
  public String getOlder() {
    return page().nextCursor().orElse(null);
  }

  /** How many wait for a decision. */
  public int getWaiting() {
    return announcements.open();
  }

  public String getAfter() {
    return after;
  }

  /**
   * A machine as a line of the list.
   *
   * @param announcement what it said
   * @param state for the badge
   * @param warning why to look twice; null if there is no reason
   */
  public record AnnouncementRow(AnnouncementDetails announcement, State state, String warning) {

    /** Whether it can be decided. */
    public boolean open() {
      return announcement.status() == Status.OPEN;
    }
  }
}
