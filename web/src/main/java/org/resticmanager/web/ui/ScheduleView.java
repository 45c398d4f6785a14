package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.source.Cron;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;
import org.resticmanager.source.Timing;

/** The form for a new schedule of a host, or for one that the address names. */
@Named
@RequestScoped
public class ScheduleView {

  private static final int NEXT_RUNS = 5;
  private static final String NIGHTLY = "0 2 * * *";

  @Inject private Schedules schedules;
  @Inject private SourceGroups sourceGroups;
  @Inject private FormHost host;
  @Inject private Wording wording;
  @Inject private Clock clock;

  private final String schedule = Address.parameter("schedule");
  private final Map<String, String> fields = new HashMap<>();
  private String[] groups = {};
  private boolean enabled = true;
  private String seen = "";
  private List<String> allGroups;

  /** Shows the form with what there is, or that there is no such host or schedule. */
  public void open() {
    try {
      host.getDetails();
      if (isCreating()) {
        fields.put("cron", NIGHTLY);
        fields.put("jitterSeconds", Integer.toString(Timing.DEFAULT_JITTER_SECONDS));
        groups = getAllGroups().size() == 1 ? getAllGroups().toArray(String[]::new) : groups;
      } else {
        show(schedules.find(host.id(), schedule));
      }
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  private void show(ScheduleDetails details) {
    fields.put("cron", details.timing().cron().expression());
    fields.put("zone", details.timing().zone().map(ZoneId::getId).orElse(""));
    fields.put("jitterSeconds", Integer.toString(details.timing().jitterSeconds()));
    enabled = details.enabled();
    groups = details.sourceGroups().stream().map(SourceGroupDetails::name).toArray(String[]::new);
    seen = Seen.of(Optional.of(details));
  }

  /** Saves, and leads to the host. */
  public String save() {
    try {
      schedules.put(
          host.id(),
          isCreating() ? fields.get("name") : schedule,
          timing(),
          enabled,
          List.of(groups),
          now -> Seen.require(seen, now, wording));
      return host.page();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  private Timing timing() {
    return Timing.of(
        new Cron(fields.get("cron")),
        fields.get("zone"),
        Amount.wholeOrNothing(fields.get("jitterSeconds"), "jitterSeconds"));
  }

  /** Removes the schedule, and leads to the host. */
  public String remove() {
    try {
      schedules.remove(host.id(), schedule);
      return host.page();
    } catch (NotFound e) {
      Refusals.show(e);
      return null;
    }
  }

  /** What is typed, in words, or why it cannot be read. */
  public String getMeaning() {
    try {
      return wording.cadence(timing().cron());
    } catch (Refusal e) {
      return Refusals.inWords(e);
    }
  }

  /** When it would fire next, by the clock that counts; empty if it cannot be read. */
  public List<String> getNextRuns() {
    try {
      Timing timing = timing();
      DateTimeFormatter format =
          DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
              .withLocale(Wording.locale());
      ZonedDateTime now = clock.instant().atZone(timing.clock(host.getDetails().zone()));
      return timing.cron().next(now, NEXT_RUNS).stream()
          .map(run -> format.format(run) + " (" + run.getOffset() + ")")
          .toList();
    } catch (Refusal e) {
      return List.of();
    }
  }

  /** By whose clock the next runs are shown, in words. */
  public String getClock() {
    String zone = fields.get("zone");
    if (zone != null && !zone.isBlank()) {
      return wording.text("schedule.clock.set", zone.strip());
    }
    return host.getDetails().zone() == null
        ? wording.text("schedule.clock.unknown")
        : wording.text("schedule.clock.host", host.getDetails().zone().getId());
  }

  /** The zones that there are, by name. */
  public List<String> getZones() {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(
            zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
        .sorted()
        .toList();
  }

  /** The names of the host's source groups. */
  public List<String> getAllGroups() {
    if (allGroups == null) {
      allGroups = sourceGroups.of(host.id()).stream().map(SourceGroupDetails::name).toList();
    }
    return allGroups;
  }

  /** Whether the schedule does not exist yet. */
  public boolean isCreating() {
    return schedule.isEmpty();
  }

  /** What the page is called. */
  public String getTitle() {
    return isCreating() ? wording.text("schedule.add.title") : wording.visible(schedule);
  }

  public String getSchedule() {
    return schedule;
  }

  /** The texts of the form by the ids of their fields. */
  public Map<String, String> getFields() {
    return fields;
  }

  public String[] getGroups() {
    return groups.clone();
  }

  public void setGroups(String[] groups) {
    this.groups = groups.clone();
  }

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public String getSeen() {
    return seen;
  }

  public void setSeen(String seen) {
    this.seen = seen;
  }
}
