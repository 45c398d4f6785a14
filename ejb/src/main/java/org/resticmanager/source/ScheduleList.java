package org.resticmanager.source;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.resticmanager.host.HostId;

/** The version of a host's list of schedules: ours, and the one that its agent has applied. */
@Entity
@Table(name = "schedule_list")
public class ScheduleList {

  @Id
  @Column(name = "host_id")
  private UUID hostId;

  @Column(name = "version")
  private long version;

  @Column(name = "applied_version")
  private Long appliedVersion;

  @Column(name = "applied_at")
  private Instant appliedAt;

  protected ScheduleList() {}

  void changed() {
    version++;
  }

  /**
   * The agent has applied a version. One that we do not know is of a time that our database has
   * forgotten: ours must be newer, or the agent would not apply it.
   *
   * @return whether the agent needs ours again
   */
  boolean applied(long applied, Instant at) {
    if (applied > version) {
      version = applied + 1;
      return true;
    }
    if (appliedVersion == null || appliedVersion < applied) {
      appliedVersion = applied;
      appliedAt = at;
    }
    return false;
  }

  HostId host() {
    return new HostId(hostId);
  }

  ScheduleState state() {
    return new ScheduleState(version, appliedVersion, appliedAt);
  }
}
