package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.RepositoryId;

class JobQueueTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Job job =
      new Job(new HostId(Ids.next()), new RepositoryId(Ids.next()), JobKind.PRUNE, "nightly", NOW);
  private final List<JobDetails> ended = new ArrayList<>();
  private final List<String> locks = new ArrayList<>();
  private final JobQueue queue = new JobQueue();
  private boolean queueFree = true;

  JobQueueTest() {
    queue.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    queue.ended = listener();
    queue.store =
        new JobStore() {

          @Override
          Optional<HostId> hostOf(JobId id) {
            return Optional.of(job.host());
          }

          @Override
          boolean tryLockQueue(HostId host) {
            locks.add("queue");
            return queueFree;
          }

          @Override
          Optional<Job> findForUpdate(JobId id) {
            locks.add("row");
            return Optional.of(job);
          }
        };
  }

  private Event<JobEnded> listener() {
    @SuppressWarnings("unchecked") // there is no other way to a generic proxy
    Event<JobEnded> event =
        (Event<JobEnded>)
            Proxy.newProxyInstance(
                JobQueueTest.class.getClassLoader(),
                new Class<?>[] {Event.class},
                (self, method, arguments) -> {
                  ended.add(((JobEnded) arguments[0]).job());
                  return null;
                });
    return event;
  }

  @Test
  void whatNoAgentHasIsTakenBackAndEverybodyHearsOfIt() {
    assertThat(queue.withdraw(job.id())).isTrue();

    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(ended).extracting(JobDetails::status).containsExactly(JobStatus.CANCELLED);
    assertThat(ended.get(0).cancelRequestedBy()).isEqualTo("control plane");
    assertThat(locks).containsExactly("queue", "row");
  }

  @Test
  void whatAnAgentHasStays() {
    job.dispatched(NOW);

    assertThat(queue.withdraw(job.id())).isFalse();

    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(ended).isEmpty();
  }

  @Test
  void whatHasEndedStaysAsItIs() {
    job.failed("for another reason", NOW);

    assertThat(queue.withdraw(job.id())).isFalse();

    assertThat(job.details().error()).isEqualTo("for another reason");
    assertThat(ended).isEmpty();
  }

  @Test
  void whileSomebodyElseDecidesAboutTheQueueNobodyWaits() {
    queueFree = false;

    assertThat(queue.withdraw(job.id())).isFalse();

    assertThat(locks).as("the job's row is not waited for").containsExactly("queue");
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
  }
}
