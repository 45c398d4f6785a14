package org.resticmanager.repository;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.resticmanager.host.HostId;

/** Which repository a host backs up to. */
@Entity
@Table(name = "repository_connection")
public class RepositoryConnection {

  @Id
  @Column(name = "host_id")
  private UUID hostId;

  @Column(name = "repository_id")
  private UUID repositoryId;

  @Column(name = "connected_at")
  private Instant connectedAt;

  protected RepositoryConnection() {}

  RepositoryConnection(HostId host, RepositoryId repository, Instant now) {
    hostId = host.value();
    repositoryId = repository.value();
    connectedAt = now;
  }

  void lead(RepositoryId repository, Instant now) {
    repositoryId = repository.value();
    connectedAt = now;
  }

  RepositoryId repository() {
    return new RepositoryId(repositoryId);
  }
}
