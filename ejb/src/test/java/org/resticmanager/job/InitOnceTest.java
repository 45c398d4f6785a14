package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.RepositoryStatistics;

class InitOnceTest {

  private final HostId host = new HostId(Ids.next());

  /** As it was read before the queue was locked. */
  private final RepositoryDetails unknown =
      new RepositoryDetails(
          new RepositoryId(Ids.next()),
          "nas",
          "/srv/nas",
          Instant.EPOCH,
          null,
          RepositoryStatistics.UNKNOWN,
          List.of());

  private final List<Job> queued = new ArrayList<>();
  private boolean initialised;

  @Test
  void repositoryThatIsNotKnownToExistIsMade() {
    initOnce(() -> {}).queueIfNeeded(host, unknown, "admin");

    assertThat(queued).extracting(Job::kind).containsExactly(JobKind.INIT);
  }

  @Test
  void initThatEndedWhileWeWaitedForTheQueueIsNotRepeated() {
    initOnce(() -> initialised = true).queueIfNeeded(host, unknown, "admin");

    assertThat(queued).isEmpty();
  }

  private InitOnce initOnce(Runnable whileTheQueueIsLockedByAnother) {
    InitOnce initOnce = new InitOnce();
    initOnce.clock = Clock.systemUTC();
    initOnce.store =
        new JobStore() {

          @Override
          void lockQueue(HostId locked) {
            whileTheQueueIsLockedByAnother.run();
          }

          @Override
          boolean hasOpen(HostId at, RepositoryId repository, JobKind kind) {
            return false;
          }

          @Override
          void insert(Job job) {
            queued.add(job);
          }
        };
    initOnce.repositories =
        new Repositories() {

          @Override
          public boolean isInitialised(RepositoryId id) {
            return initialised;
          }
        };
    return initOnce;
  }
}
