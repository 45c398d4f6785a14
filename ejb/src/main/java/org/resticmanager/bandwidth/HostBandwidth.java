package org.resticmanager.bandwidth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** The limits of one host. */
@Entity
@Table(name = "host_bandwidth")
public class HostBandwidth {

  @Id
  @Column(name = "host_id")
  private UUID hostId;

  @Column(name = "plan")
  private String plan;

  protected HostBandwidth() {}

  void set(BandwidthPlan wanted) {
    plan = wanted.toColumn();
  }

  BandwidthPlan plan() {
    return BandwidthPlan.fromColumn(plan);
  }
}
