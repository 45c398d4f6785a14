package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.ScheduleHistories;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Schedules;

/**
 * The section of a host's page that shows what its schedules did on the last days and will do on
 * the next. It is as it was when the page was opened.
 */
@Named
@RequestScoped
public class HostCalendarView {

  @Inject private Hosts hosts;
  @Inject private Schedules schedules;
  @Inject private ScheduleHistories histories;
  @Inject private Wording wording;
  @Inject private Clock clock;

  private final String id = Address.parameter("id");
  private List<ScheduleDetails> all;
  private List<HostCalendar.Day> days;
  private ZoneId zone;
  private long missed;

  private void need() {
    if (days == null) {
      HostId host = HostId.parse(id);
      ZoneId known = hosts.find(host).zone();
      zone = known == null ? ZoneOffset.UTC : known;
      all = schedules.of(host);
      Instant now = clock.instant();
      HostCalendar calendar =
          new HostCalendar(histories.of(host, HostCalendar.from(zone, now)), zone, now);
      missed = calendar.missed(all);
      days = calendar.days(all);
    }
  }

  /** Whether there is anything to show. */
  public boolean isShown() {
    need();
    return !all.isEmpty();
  }

  /** The days, in their order. */
  public List<HostCalendar.Day> getDays() {
    need();
    return days;
  }

  /** How many runs of the last day were missed, and not made up for. */
  public long getMissed() {
    need();
    return missed;
  }

  /** By whose clock, in words. */
  public String getLead() {
    need();
    return wording.text("calendar.lead", zone.getId());
  }

  /** A day as people write it. */
  public String date(LocalDate date) {
    return DateTimeFormatter.ofPattern(wording.text("calendar.day"), Wording.locale()).format(date);
  }

  /** When, or how often. */
  public String when(HostCalendar.Entry entry) {
    return entry.runs() == 1 ? entry.time() : wording.text("calendar.runs", entry.runs());
  }
}
