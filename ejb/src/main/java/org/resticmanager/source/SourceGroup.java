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

/** Named include and exclude paths of one host; the name is the snapshots' tag. */
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

  void cover(Paths paths) {
    includes = TextList.toColumn(paths.includes());
    excludes = TextList.toColumn(paths.excludes());
  }

  void retry(RetryRule rule) {
    retryMax = rule.max();
    retryBackoffSeconds = rule.backoffSeconds();
  }

  SourceGroupDetails details() {
    return new SourceGroupDetails(
        id,
        name,
        new Paths(TextList.fromColumn(includes), TextList.fromColumn(excludes)),
        new RetryRule(retryMax, retryBackoffSeconds));
  }
}
