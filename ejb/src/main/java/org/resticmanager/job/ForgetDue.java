package org.resticmanager.job;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.SourceGroupDetails;

/**
 * A forget is about to be sent to its agent. Who observes it, in the same transaction, may refuse
 * it or leave out source groups; it is the last moment to do so.
 */
public final class ForgetDue {

  private final JobId job;
  private final JobId first;
  private final HostId host;
  private final RepositoryId repository;
  private final List<SourceGroupDetails> groups;
  private final boolean byTagOnly;
  private String refusal;

  ForgetDue(
      JobId job,
      JobId first,
      HostId host,
      RepositoryId repository,
      List<SourceGroupDetails> groups,
      boolean byTagOnly) {
    this.job = requireNonNull(job);
    this.first = requireNonNull(first);
    this.host = requireNonNull(host);
    this.repository = requireNonNull(repository);
    this.groups = new ArrayList<>(groups);
    this.byTagOnly = byTagOnly;
  }

  /** The job. */
  public JobId job() {
    return job;
  }

  /** The first of its attempts, which is the job itself unless it is a later one. */
  public JobId first() {
    return first;
  }

  /** The host on which it is to run. */
  public HostId host() {
    return host;
  }

  /** The repository. */
  public RepositoryId repository() {
    return repository;
  }

  /** The source groups whose snapshots are looked at; every one has a retention. */
  public List<SourceGroupDetails> groups() {
    return List.copyOf(groups);
  }

  /** Whether the agent cannot be told whose snapshots are meant, but only which tag they have. */
  public boolean byTagOnly() {
    return byTagOnly;
  }

  /** Nothing of this source group is touched. */
  public void leaveOut(SourceGroupDetails group) {
    groups.remove(group);
  }

  /**
   * It is not sent: the job has failed.
   *
   * @param reason for people; the first one counts
   */
  public void refuse(String reason) {
    if (refusal == null) {
      refusal = requireNonNull(reason);
    }
  }

  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }
}
