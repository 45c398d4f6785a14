package org.resticmanager.maintenance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobDetails;
import org.resticmanager.repository.RepositoryId;

/**
 * How the maintenance of a repository stands.
 *
 * @param plan what was decided
 * @param version counts the changes of the plan, from 1
 * @param policyVersion names the policies by which a forget removes snapshots now; changes with
 *     each of them
 * @param checkPart which part of the data the next check reads, from 1
 * @param checkParts after so many checks all data was read; 0 if none reads any
 * @param operations each of them, unlock included
 */
public record MaintenanceState(
    RepositoryId repository,
    MaintenancePlan plan,
    long version,
    String policyVersion,
    int checkPart,
    int checkParts,
    List<OperationState> operations) {

  public MaintenanceState {
    operations = List.copyOf(operations);
  }

  /** How one operation stands. */
  public OperationState of(Operation operation) {
    return operations.stream()
        .filter(state -> state.operation() == operation)
        .findFirst()
        .orElseThrow();
  }

  /** The hosts that jobs are named of. */
  Set<HostId> hosts() {
    return operations.stream()
        .flatMap(operation -> operation.jobs().stream())
        .map(JobDetails::host)
        .collect(Collectors.toSet());
  }

  /** The same without the jobs of other hosts. */
  MaintenanceState ofHosts(Set<HostId> seen) {
    return new MaintenanceState(
        repository,
        plan,
        version,
        policyVersion,
        checkPart,
        checkParts,
        operations.stream().map(operation -> operation.ofHosts(seen)).toList());
  }

  /**
   * How an operation stands.
   *
   * @param operation which one
   * @param nextAt when it is due; in the past if it waits for what is in its way; empty if it is
   *     not done by itself
   * @param blocked what is in its way, if anything is
   * @param jobs the newest job of each host, newest first
   * @param refused those of them that are forgets which the guard did not let pass
   */
  public record OperationState(
      Operation operation,
      Optional<Instant> nextAt,
      Optional<Obstacle> blocked,
      List<JobDetails> jobs,
      List<JobDetails> refused) {

    public OperationState {
      jobs = List.copyOf(jobs);
      refused = List.copyOf(refused);
    }

    private OperationState ofHosts(Set<HostId> seen) {
      return new OperationState(
          operation, nextAt, blocked, ofHosts(jobs, seen), ofHosts(refused, seen));
    }

    private static List<JobDetails> ofHosts(List<JobDetails> all, Set<HostId> seen) {
      return all.stream().filter(job -> seen.contains(job.host())).toList();
    }
  }
}
