package org.resticmanager.host;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.resticmanager.platform.Beginning;
import org.resticmanager.protocol.wire.Hello;

/** A managed machine. Enrolled once; every {@code hello} brings its facts up to date. */
@Entity
@Table(name = "host")
public class Host {

  /** As characters of what an agent says of its machine: every list of hosts shows it. */
  private static final int LONGEST = 255;

  @Id private UUID id;

  @Column(name = "name")
  private String name;

  @Column(name = "hostname")
  private String hostname;

  @Column(name = "os")
  private String os;

  @Column(name = "arch")
  private String arch;

  @Column(name = "agent_version")
  private String agentVersion;

  @Column(name = "restic_version")
  private String resticVersion;

  @Column(name = "protocol_version")
  private int protocolVersion;

  @Column(name = "boot_time")
  private Instant bootTime;

  @Column(name = "time_zone")
  private String timeZone;

  @Column(name = "enrolled_at")
  private Instant enrolledAt;

  @Column(name = "last_seen_at")
  private Instant lastSeenAt;

  protected Host() {}

  void heard(Hello hello, Instant at) {
    hostname = Beginning.of(hello.hostname(), LONGEST);
    os = Beginning.of(hello.os(), LONGEST);
    arch = Beginning.of(hello.arch(), LONGEST);
    agentVersion = Beginning.of(hello.agentVersion(), LONGEST);
    resticVersion = Beginning.of(hello.resticVersion(), LONGEST);
    protocolVersion = hello.protocolVersion();
    if (hello.bootTime() != null) {
      bootTime = hello.bootTime();
    }
    timeZone = Beginning.of(hello.timeZone(), LONGEST);
    lastSeenAt = at;
  }

  HostDetails details(Instant now) {
    return new HostDetails(
        new HostId(id),
        name,
        hostname,
        os,
        arch,
        agentVersion,
        resticVersion,
        protocolVersion,
        bootTime,
        HostDetails.zone(timeZone),
        enrolledAt,
        lastSeenAt,
        HostDetails.online(lastSeenAt, now));
  }
}
