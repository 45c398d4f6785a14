package org.resticmanager.source;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.TextList;

/** What one host backs up under one name, which is the snapshots' tag, and how. */
@Entity
@Table(name = "source_group")
public class SourceGroup {

  @Id private UUID id;

  @Column(name = "host_id")
  private UUID hostId;

  @Column(name = "name")
  private String name;

  @Column(name = "includes")
  private String includes;

  @Column(name = "excludes")
  private String excludes;

  @Column(name = "exclude_caches")
  private boolean excludeCaches;

  @Column(name = "exclude_if_present")
  private String excludeIfPresent;

  @Column(name = "one_file_system")
  private boolean oneFileSystem;

  @Column(name = "keep_last")
  private int keepLast;

  @Column(name = "keep_hourly")
  private int keepHourly;

  @Column(name = "keep_daily")
  private int keepDaily;

  @Column(name = "keep_weekly")
  private int keepWeekly;

  @Column(name = "keep_monthly")
  private int keepMonthly;

  @Column(name = "keep_yearly")
  private int keepYearly;

  @Column(name = "keep_within")
  private String keepWithin;

  @Column(name = "keep_tag")
  private String keepTag;

  @Column(name = "pre_hook")
  private String preHook;

  @Column(name = "post_hook")
  private String postHook;

  @Column(name = "hook_timeout_seconds")
  private int hookTimeoutSeconds;

  @Column(name = "floor_bytes")
  private long floorBytes;

  @Column(name = "retry_max")
  private int retryMax;

  @Column(name = "retry_backoff_seconds")
  private int retryBackoffSeconds;

  @Column(name = "created_at")
  private Instant createdAt;

  protected SourceGroup() {}

  SourceGroup(HostId host, String name, Instant now) {
    id = Ids.next();
    hostId = host.value();
    this.name = name;
    createdAt = now;
  }

  /** Takes over what was decided. */
  void follow(SourceGroupPlan plan) {
    cover(plan.paths());
    keep(plan.retention());
    retryMax = plan.retry().max();
    retryBackoffSeconds = plan.retry().backoffSeconds();
    preHook = plan.hooks().pre();
    postHook = plan.hooks().post();
    hookTimeoutSeconds = plan.hooks().timeoutSeconds();
    floorBytes = plan.floorBytes();
  }

  private void cover(Paths paths) {
    includes = TextList.toColumn(paths.includes());
    excludes = TextList.toColumn(paths.excludes());
    excludeCaches = paths.excludeCaches();
    excludeIfPresent = TextList.toColumn(paths.excludeIfPresent());
    oneFileSystem = paths.oneFileSystem();
  }

  private void keep(Retention retention) {
    keepLast = retention.keepLast();
    keepHourly = retention.keepHourly();
    keepDaily = retention.keepDaily();
    keepWeekly = retention.keepWeekly();
    keepMonthly = retention.keepMonthly();
    keepYearly = retention.keepYearly();
    keepWithin = retention.keepWithin();
    keepTag = TextList.toColumn(retention.keepTag());
  }

  private SourceGroupPlan plan() {
    return new SourceGroupPlan(
        new Paths(
            TextList.fromColumn(includes),
            TextList.fromColumn(excludes),
            excludeCaches,
            TextList.fromColumn(excludeIfPresent),
            oneFileSystem),
        new Retention(
            keepLast,
            keepHourly,
            keepDaily,
            keepWeekly,
            keepMonthly,
            keepYearly,
            keepWithin,
            TextList.fromColumn(keepTag)),
        new RetryRule(retryMax, retryBackoffSeconds),
        new Hooks(preHook, postHook, hookTimeoutSeconds),
        floorBytes);
  }

  HostId host() {
    return new HostId(hostId);
  }

  SourceGroupDetails details() {
    return new SourceGroupDetails(id, name, plan());
  }
}
