package org.resticmanager.rotation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.connection.Connections;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobEnded;
import org.resticmanager.job.JobQueue;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.RepositoryPasswords;

/**
 * What leads from one step of a change to the next. A step ends in the transaction in which its job
 * ends: whoever dies right before or after, what the database holds is a password that opens the
 * repository.
 */
@ApplicationScoped
class RotationSteps {

  static final String ACTOR = "password rotation";

  @Inject private PasswordRotationStore store;
  @Inject private RepositoryPasswords passwords;
  @Inject private Repositories repositories;
  @Inject private Connections connections;
  @Inject private JobQueue jobs;
  @Inject private Audit audit;
  @Inject private Clock clock;

  void onEnd(@Observes JobEnded event) {
    JobDetails job = event.job();
    boolean about = job.kind() == JobKind.KEY_ADD || job.kind() == JobKind.KEY_REMOVE;
    if (!about || job.metLock()) {
      return;
    }
    store
        .repositoryOf(job.first())
        .filter(passwords::lock)
        .flatMap(store::find)
        .ifPresent(rotation -> ended(rotation, job));
  }

  private void ended(PasswordRotation rotation, JobDetails job) {
    boolean worked = job.status() == JobStatus.SUCCEEDED;
    switch (rotation.step()) {
      case ADDING -> {
        if (worked && job.kind() == JobKind.KEY_ADD) {
          switchOver(rotation);
        }
      }
      case REMOVING, KEY_LEFT -> {
        if (worked && job.kind() == JobKind.KEY_REMOVE) {
          end(rotation, RotationStep.DONE);
        }
      }
      case WITHDRAWING -> {
        if (worked && job.kind() == JobKind.KEY_REMOVE) {
          end(rotation, RotationStep.GIVEN_UP);
        }
      }
      case DONE, GIVEN_UP -> {}
    }
    proceed(rotation, ACTOR);
  }

  private void switchOver(PasswordRotation rotation) {
    passwords.swap(rotation.repository());
    rotation.switched(clock.instant());
    audit.done("password-rotation.switched", target(rotation.repository()), Facts.none());
  }

  /** Ends a change, however it went. */
  void end(PasswordRotation rotation, RotationStep how) {
    rotation.end(how, clock.instant());
    passwords.drop(rotation.repository());
    audit.done(
        "password-rotation.ended",
        target(rotation.repository()),
        Facts.with("outcome", how.word()));
  }

  Target target(RepositoryId id) {
    RepositoryDetails repository = repositories.ofJob(id);
    return Target.of("repository", id, repository.name());
  }

  /**
   * Queues the job of the step that the change is in, unless there was one already or a job of
   * before has not ended. Without a host that is connected to this node and can do it nothing
   * happens: another node may have one, and everything is asked again.
   *
   * @return whether there is such a job
   */
  boolean proceed(PasswordRotation rotation, String actor) {
    if (!rotation.step().open()) {
      return false;
    }
    Optional<JobDetails> last = rotation.job().flatMap(jobs::newestAttempt);
    if (last.filter(job -> tried(job, rotation.step()) || !job.status().ended()).isPresent()) {
      return true;
    }
    Optional<HostId> host = able(rotation.repository());
    host.ifPresent(able -> queue(rotation, able, actor));
    return host.isPresent();
  }

  private static boolean tried(JobDetails job, RotationStep step) {
    return job.kind() == step.kind();
  }

  /** Gives the job of the step to this host. */
  void queue(PasswordRotation rotation, HostId host, String actor) {
    passwords.show(rotation.repository(), host);
    rotation.hasJob(jobs.add(host, rotation.repository(), rotation.step().kind(), "", actor).id());
  }

  /** One that has nothing else to do if there is any: its job begins at once. */
  private Optional<HostId> able(RepositoryId id) {
    Stream<HostId> connected =
        passwords.hosts(id).stream()
            .filter(
                host ->
                    connections.of(host).filter(agent -> agent.speaks(Feature.KEY)).isPresent());
    return connected.min(Comparator.comparing(jobs::busy));
  }
}
