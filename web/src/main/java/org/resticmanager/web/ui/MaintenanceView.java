package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.JobDetails;
import org.resticmanager.maintenance.CheckCoverage;
import org.resticmanager.maintenance.Maintenance;
import org.resticmanager.maintenance.MaintenanceState;
import org.resticmanager.maintenance.MaintenanceState.OperationState;
import org.resticmanager.maintenance.Moment;
import org.resticmanager.maintenance.Obstacle;
import org.resticmanager.maintenance.Operation;
import org.resticmanager.platform.Refusal;
import org.resticmanager.repository.RepositoryId;

/** The section of a repository's page that tells how it is looked after. */
@Named
@RequestScoped
public class MaintenanceView {

  /** Of a fleet in one repository not every host is listed. */
  private static final int SHOWN_JOBS = 5;

  @Inject private Maintenance maintenance;
  @Inject private Hosts hosts;
  @Inject private Wording wording;
  @Inject private Clock clock;

  private final String id = Address.parameter("id");
  private MaintenanceState state;
  private CheckCoverage coverage;

  private MaintenanceState state() {
    if (state == null) {
      state = maintenance.find(RepositoryId.parse(id));
    }
    return state;
  }

  /** What the section shows; for {@link LiveRegions}. */
  Object shown() {
    return List.of(state(), getRows(), getCoverage());
  }

  /** Each operation. */
  public List<MaintenanceRow> getRows() {
    Map<HostId, String> names =
        hosts.names(
            state().operations().stream()
                .flatMap(operation -> operation.jobs().stream())
                .map(JobDetails::host)
                .collect(Collectors.toSet()));
    return state().operations().stream().map(operation -> row(operation, names)).toList();
  }

  private MaintenanceRow row(OperationState operation, Map<HostId, String> names) {
    Optional<Moment> moment =
        Optional.ofNullable(state().plan().moments().get(operation.operation()));
    Optional<Instant> next = operation.nextAt();
    return new MaintenanceRow(
        operation.operation().word(),
        moment.map(planned -> wording.cadence(planned.cron())).orElse(null),
        moment.map(planned -> planned.cron().expression()).orElse(null),
        moment.map(planned -> planned.zone().getId()).orElse(null),
        moment.filter(Moment::enabled).isPresent(),
        next.orElse(null),
        next.filter(at -> at.isBefore(clock.instant())).isPresent(),
        operation.blocked().map(this::inWords).orElse(null),
        operation.blocked().filter(Obstacle::stopsPeople).isEmpty(),
        extra(operation.operation()),
        operation.jobs().stream()
            .limit(SHOWN_JOBS)
            .map(job -> new MaintenanceRow.HostJob(JobRow.of(job, wording), names.get(job.host())))
            .toList());
  }

  private String inWords(Obstacle obstacle) {
    return wording.text("maintenance.blocked." + obstacle.code());
  }

  private String extra(Operation operation) {
    return operation == Operation.CHECK && state().checkParts() > 0
        ? wording.text("maintenance.next-part", state().checkPart(), state().checkParts())
        : null;
  }

  /** How much of the data checks have read. */
  public CheckCoverage getCoverage() {
    if (coverage == null) {
      coverage = maintenance.coverage(RepositoryId.parse(id));
    }
    return coverage;
  }

  /** The same in words, up to the moment since when. */
  public String getCoverageInWords() {
    if (getCoverage().parts() == 0) {
      return wording.text("maintenance.coverage.off");
    }
    if (getCoverage().read() == 0) {
      return wording.text("maintenance.coverage.none");
    }
    return coverage.whole()
        ? wording.text("maintenance.coverage.whole")
        : wording.text("maintenance.coverage.part", coverage.percent());
  }

  /** Why the guard has refused forgets, a sentence for each; empty if it has not. */
  public List<String> getRefusals() {
    return state().of(Operation.FORGET).refused().stream().map(JobDetails::error).toList();
  }

  /** Names the retentions that the page shows the consequences of. */
  public String getPolicyVersion() {
    return state().policyVersion();
  }

  /** Queues what the button names. */
  public void run() {
    run(Address.parameter("operation"), Optional.empty());
  }

  /** Has a forget done whatever goes, if the retentions are still those that were shown. */
  public void confirm() {
    run(Operation.FORGET.word(), Optional.of(Address.parameter("policies")));
  }

  private void run(String operation, Optional<String> confirmed) {
    try {
      maintenance.runNow(RepositoryId.parse(id), Operation.named(operation), confirmed);
    } catch (Refusal e) {
      Refusals.show(e);
    }
    state = null;
  }
}
