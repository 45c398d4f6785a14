package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.HeldJob;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.RepositoryId;

class DispatchTest {

  private final FakeConnection connection =
      new FakeConnection(new HostId(Ids.next()), Clock.systemUTC());

  @Test
  void whatTheBaseProtocolKnowsCanBeSentToEveryAgent() {
    CommandRun backup = CommandRun.of("x", JobKind.BACKUP).build();

    assertThat(Dispatch.obstacle(backup, connection)).isEmpty();
  }

  @Test
  void agentThatLacksAFeatureIsNotSentWhatNeedsIt() {
    CommandRun check =
        CommandRun.of("x", JobKind.CHECK).readDataSubset("5%").hooks("x", "", null).build();
    connection.agree(List.of(Feature.HOOKS));

    assertThat(Dispatch.obstacle(check, connection))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .contains(Feature.READ_DATA_SUBSET, "update the agent")
                    .doesNotContain(Feature.HOOKS));
  }

  @Test
  void everybodyHearsOfTheEndOfAJobThatItsAgentHasLost() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    Job lost = job(now);
    lost.dispatched(now);
    lost.started(now);
    Job held = job(now);
    held.dispatched(now);
    held.started(now);
    Job neverGotThere = job(now);
    neverGotThere.dispatched(now);
    Job cancelledOnItsWay = job(now);
    cancelledOnItsWay.dispatched(now);
    cancelledOnItsWay.cancel("admin", now);
    List<JobDetails> ended = new ArrayList<>();
    Dispatch dispatch = new Dispatch();
    dispatch.clock = Clock.fixed(now, ZoneOffset.UTC);
    dispatch.store = new OpenJobs(List.of(lost, held, neverGotThere, cancelledOnItsWay));
    dispatch.ended = listener(ended);

    dispatch.reconcile(
        connection.hostId(), List.of(new HeldJob(held.id().toString(), JobStatus.RUNNING, 0)));

    assertThat(ended)
        .extracting(JobDetails::id, JobDetails::status)
        .containsExactly(
            tuple(lost.id(), JobStatus.FAILED), tuple(cancelledOnItsWay.id(), JobStatus.CANCELLED));
    assertThat(ended.get(0).error()).contains("no longer knows this job");
    assertThat(held.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(neverGotThere.dispatched()).isFalse();
  }

  @Test
  void aNodeWhoseClockIsWrongDoesNotTakeTheHostsOfOthersForLost() {
    TestDatabase database = TestDatabase.create();
    UUID host = database.addHost("alive");
    database.execute("update host set last_seen_at = now() where id = ?", host);
    database.addJob(host);
    Dispatch dispatch = new Dispatch();
    dispatch.clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(30));
    dispatch.lost = new LostJobStore(database);
    dispatch.settings =
        new JobSettings() {

          @Override
          public Duration lostAfter() {
            return Duration.ofHours(24);
          }
        };

    assertThat(dispatch.lostJobs()).isEmpty();
  }

  @Test
  void aLostJobEndsWithItsHostsQueueLockedBeforeItsRow() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    Job lost = job(now);
    lost.dispatched(now);
    lost.started(now);
    List<String> locks = new ArrayList<>();
    List<JobDetails> ended = new ArrayList<>();
    Dispatch dispatch = new Dispatch();
    dispatch.clock = Clock.fixed(now, ZoneOffset.UTC);
    dispatch.settings =
        new JobSettings() {

          @Override
          public Duration lostAfter() {
            return Duration.ofHours(24);
          }
        };
    dispatch.store =
        new OpenJobs(List.of(lost)) {

          @Override
          Optional<HostId> hostOf(JobId id) {
            return Optional.of(lost.host());
          }

          @Override
          void lockQueue(HostId host) {
            locks.add("queue of " + host);
          }

          @Override
          Optional<Job> findForUpdate(JobId id) {
            locks.add("job " + id);
            return Optional.of(lost);
          }
        };
    dispatch.ended = listener(ended);

    dispatch.lose(lost.id());

    assertThat(locks).containsExactly("queue of " + lost.host(), "job " + lost.id());
    assertThat(ended).extracting(JobDetails::status).containsExactly(JobStatus.FAILED);
    assertThat(ended.get(0).error()).startsWith("host lost");
  }

  private Job job(Instant now) {
    return new Job(connection.hostId(), new RepositoryId(Ids.next()), JobKind.BACKUP, "admin", now);
  }

  private static Event<JobEnded> listener(List<JobDetails> ended) {
    @SuppressWarnings("unchecked") // there is no other way to a generic proxy
    Event<JobEnded> event =
        (Event<JobEnded>)
            Proxy.newProxyInstance(
                DispatchTest.class.getClassLoader(),
                new Class<?>[] {Event.class},
                (self, method, arguments) -> {
                  ended.add(((JobEnded) arguments[0]).job());
                  return null;
                });
    return event;
  }

  /** The jobs without a database. */
  private static class OpenJobs extends JobStore {

    private final List<Job> jobs;

    OpenJobs(List<Job> jobs) {
      this.jobs = jobs;
    }

    @Override
    void lockQueue(HostId host) {}

    @Override
    List<Job> open(HostId host) {
      return jobs;
    }
  }
}
