package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.RepositoryStatistics;
import org.resticmanager.repository.Slot;
import org.resticmanager.repository.SlotDetails;

class NextStepTest {

  private static final RepositoryId ID = new RepositoryId(new UUID(0, 9));

  @Test
  void wrongPasswordLeadsToTheCredentialsThatTheJobWasGiven() {
    assertThat(address(failed(JobKind.BACKUP, 12), true))
        .contains("/repository-credentials.xhtml?id=" + ID + "&slot=repo");
    assertThat(address(failed(JobKind.PRUNE, 12), true))
        .contains("/repository-credentials.xhtml?id=" + ID + "&slot=admin");
    assertThat(address(failed(JobKind.PRUNE, 12), false))
        .as("the everyday password counts where the admin slot has none")
        .contains("/repository-credentials.xhtml?id=" + ID + "&slot=repo");
  }

  @Test
  void missingRepositoryLeadsToItsLocationAndALockToItsPage() {
    assertThat(address(failed(JobKind.BACKUP, 10), true))
        .contains("/repository-edit.xhtml?id=" + ID);
    assertThat(address(failed(JobKind.BACKUP, 11), true))
        .contains("/repository.xhtml?id=" + ID + "#access-title");
  }

  @Test
  void filesThatCouldNotBeReadLeadToTheSourceGroup() {
    SomeJob flagged = new SomeJob(JobKind.BACKUP).ended(JobStatus.SUCCEEDED, 3, "2 files");
    assertThat(address(flagged, true))
        .contains("/source-group.xhtml?host=" + SomeJob.HOST + "&group=web+shop");
  }

  @Test
  void nothingIsOfferedWhereNothingIsToBeMended() {
    assertThat(address(new SomeJob(JobKind.BACKUP).ended(JobStatus.SUCCEEDED, 0, null), true))
        .isEmpty();
    assertThat(address(failed(JobKind.BACKUP, 1), true)).isEmpty();
    assertThat(address(new SomeJob(JobKind.BACKUP).started(), true)).isEmpty();
    assertThat(NextStep.after(failed(JobKind.BACKUP, 12).details(), Optional.empty())).isEmpty();
  }

  private static SomeJob failed(JobKind kind, int exitCode) {
    return new SomeJob(kind).ended(JobStatus.FAILED, exitCode, "restic said so");
  }

  private static Optional<String> address(SomeJob job, boolean ownAdminPassword) {
    RepositoryDetails repository =
        new RepositoryDetails(
            ID,
            "nas",
            "/srv/nas",
            Instant.EPOCH,
            Instant.EPOCH,
            RepositoryStatistics.UNKNOWN,
            List.of(
                new SlotDetails(Slot.REPO, null, true, false, false, List.of()),
                new SlotDetails(Slot.ADMIN, null, ownAdminPassword, false, false, List.of())));
    return NextStep.after(job.details(), Optional.of(repository)).map(NextStep::address);
  }
}
