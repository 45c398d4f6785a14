package org.resticmanager.source;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;

/** When a host's agent asks for backups of which source groups. */
@Entity
@Table(name = "schedule")
public class Schedule {

  @Id private UUID id;

  @Column(name = "host_id")
  private UUID hostId;

  @Column(name = "name")
  private String name;

  @Column(name = "cron")
  private String cron;

  @Column(name = "zone")
  private String zone;

  @Column(name = "jitter_seconds")
  private int jitterSeconds;

  @Column(name = "enabled")
  private boolean enabled;

  @Column(name = "timing_since")
  private Instant timingSince;

  @Column(name = "created_at")
  private Instant createdAt;

  @ManyToMany
  @JoinTable(
      name = "schedule_source_group",
      joinColumns = @JoinColumn(name = "schedule_id"),
      inverseJoinColumns = @JoinColumn(name = "source_group_id"))
  private List<SourceGroup> sourceGroups = new ArrayList<>();

  protected Schedule() {}

  Schedule(HostId host, String name, Instant now) {
    id = Ids.next();
    hostId = host.value();
    this.name = name;
    createdAt = now;
  }

  void run(Timing timing, boolean whetherAtAll, List<SourceGroup> groups, Instant now) {
    if (timingSince == null || !timing().equals(timing)) {
      timingSince = now;
    }
    cron = timing.cron().expression();
    zone = timing.zone().map(ZoneId::getId).orElse("");
    jitterSeconds = timing.jitterSeconds();
    enable(whetherAtAll, now);
    sourceGroups.clear();
    sourceGroups.addAll(groups);
  }

  void enable(boolean whetherAtAll, Instant now) {
    if (enabled != whetherAtAll) {
      timingSince = now;
    }
    enabled = whetherAtAll;
  }

  boolean enabled() {
    return enabled;
  }

  boolean isOf(HostId host) {
    return hostId.equals(host.value());
  }

  private Timing timing() {
    return new Timing(
        new Cron(cron),
        zone.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(zone)),
        jitterSeconds);
  }

  ScheduleDetails details() {
    return new ScheduleDetails(
        id, name, timing(), enabled, sourceGroups.stream().map(SourceGroup::details).toList());
  }
}
