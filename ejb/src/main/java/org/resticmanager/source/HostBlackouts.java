package org.resticmanager.source;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/** The blackout windows of one host. */
@Entity
@Table(name = "host_blackouts")
public class HostBlackouts {

  @Id
  @Column(name = "host_id")
  private UUID hostId;

  @Column(name = "zone")
  private String zone;

  @Column(name = "windows")
  private String windows;

  protected HostBlackouts() {}

  void set(BlackoutWindows wanted) {
    zone = wanted.zone().map(ZoneId::getId).orElse("");
    windows = wanted.toColumn();
  }

  BlackoutWindows windows() {
    return new BlackoutWindows(
        zone.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(zone)),
        BlackoutWindows.fromColumn(windows));
  }
}
