package org.resticmanager.rotation;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.connection.Connections;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobQueue;
import org.resticmanager.job.Jobs;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.RepositoryPasswords;

/**
 * Changes of repositories' passwords while their hosts go on. A host makes that the new password
 * opens the repository too and tries it; in the transaction in which it says so the new one comes
 * into use for all hosts; then, when no other job runs in the repository, a host makes that the old
 * one opens it no more.
 */
@Stateless
@PermitAll
public class PasswordRotations {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  @Inject private PasswordRotationStore store;
  @Inject private RotationSteps steps;
  @Inject private RepositoryPasswords passwords;
  @Inject private Repositories repositories;
  @Inject private Connections connections;
  @Inject private Hosts hosts;
  @Inject private JobQueue queue;
  @Inject private Jobs jobs;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /**
   * How the newest change of a repository's password stands; empty if there was none.
   *
   * @throws NotFound if there is no such repository
   */
  @RolesAllowed("viewer")
  public Optional<RotationState> find(RepositoryId id) {
    repositories.find(id);
    return store.find(id).map(this::state).map(this::withSeenJob);
  }

  private RotationState withSeenJob(RotationState state) {
    return state
        .job()
        .filter(job -> !hosts.sees(hosts.sight(), job.host()))
        .map(hidden -> state.withoutJob())
        .orElse(state);
  }

  /**
   * Begins to change the password, or goes on with a change that is under way but got stuck. While
   * one gets on nothing happens, so the call may be repeated.
   *
   * @param password the new one; empty for one that nobody needs to know
   * @throws NotFound if there is no such repository
   * @throws Invalid if it is not to be used as a password, or is the one in use
   * @throws Conflict if a change is under way and a password is given, the repository was never
   *     made, or no host that can do it is online
   */
  @RolesAllowed("fleet-operator")
  public RotationState start(RepositoryId id, Optional<String> password) {
    lock(id);
    String actor = context.getCallerPrincipal().getName();
    Optional<PasswordRotation> known = store.find(id);
    PasswordRotation rotation =
        known
            .filter(last -> last.step().open())
            .map(underWay -> goOn(underWay, password))
            .orElseGet(() -> begin(id, known, password, actor));
    if (!steps.proceed(rotation, actor)) {
      HostId host =
          elsewhere(id)
              .orElseThrow(
                  () ->
                      new Conflict(
                          "no-host-online",
                          "No host of this repository that can do it is online: try again when one"
                              + " is."));
      steps.queue(rotation, host, actor);
    }
    audit.done(
        "password-rotation.asked", steps.target(id), Facts.with("step", rotation.step().word()));
    return state(rotation);
  }

  private PasswordRotation goOn(PasswordRotation underWay, Optional<String> password) {
    if (password.isPresent()) {
      throw new Conflict(
          "rotation-under-way",
          "The password is being changed already: go on with that, or give it up first.");
    }
    if (state(underWay).stuck()) {
      underWay.needsJob();
    }
    return underWay;
  }

  private PasswordRotation begin(
      RepositoryId id, Optional<PasswordRotation> known, Optional<String> password, String actor) {
    if (!repositories.find(id).initialised()) {
      throw new Conflict(
          "not-initialised", "The repository was not made yet: correct its password instead.");
    }
    passwords.bring(id, password.orElseGet(PasswordRotations::random));
    PasswordRotation rotation = known.orElseGet(() -> new PasswordRotation(id));
    rotation.begin(actor, clock.instant());
    if (known.isEmpty()) {
      store.insert(rotation);
    }
    return rotation;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A host that is online and not connected to this node; whether it can do it is seen then. */
  private Optional<HostId> elsewhere(RepositoryId id) {
    return passwords.hosts(id).stream()
        .filter(host -> connections.of(host).isEmpty() && hosts.online(host))
        .findFirst();
  }

  /**
   * Gives a change up. Before the new password is in use the old one stays, and what was made for
   * the new one is taken back. Afterwards the new one stays, and the old one is left to open the
   * repository.
   *
   * @throws NotFound if there is no such repository
   * @throws Conflict if no change is under way, or it got on meanwhile
   */
  @RolesAllowed("fleet-operator")
  public RotationState giveUp(RepositoryId id) {
    repositories.find(id);
    Optional<JobId> removal = store.jobOf(id, RotationStep.REMOVING);
    // before the lock of the password: an end of a job has its host's queue locked when it needs it
    removal
        .or(() -> store.jobOf(id, RotationStep.ADDING))
        .flatMap(queue::newestAttempt)
        .filter(job -> !job.status().ended())
        .ifPresent(job -> jobs.cancel(job.id()));
    lock(id);
    PasswordRotation rotation =
        store
            .find(id)
            .filter(last -> last.step().open())
            .orElseThrow(
                () -> new Conflict("no-rotation", "The password is not being changed now."));
    switch (rotation.step()) {
      case ADDING -> {
        rotation.withdraw(clock.instant());
        steps.proceed(rotation, context.getCallerPrincipal().getName());
      }
      case REMOVING -> leaveOldKey(rotation, removal);
      default -> {}
    }
    audit.done(
        "password-rotation.given-up", steps.target(id), Facts.with("step", rotation.step().word()));
    return state(rotation);
  }

  private void leaveOldKey(PasswordRotation rotation, Optional<JobId> seen) {
    if (!rotation.job().equals(seen)) {
      throw new Conflict(
          "rotation-moved-on", "The new password came into use just now: look again, then decide.");
    }
    steps.end(rotation, RotationStep.KEY_LEFT);
  }

  /** The repositories with a change under way, for {@link #goOn(RepositoryId)}. */
  public List<RepositoryId> open() {
    return store.open();
  }

  /**
   * Queues what is due of a change and could not be queued when it was, and gives what a host that
   * went away has not begun to another one. May be repeated.
   */
  public void goOn(RepositoryId id) {
    // first of all, because it needs the lock of a host's queue
    takeBackStranded(id);
    if (passwords.lock(id)) {
      store.find(id).ifPresent(rotation -> steps.proceed(rotation, RotationSteps.ACTOR));
    }
  }

  private void takeBackStranded(RepositoryId id) {
    for (RotationStep step : RotationStep.values()) {
      store
          .jobOf(id, step)
          .flatMap(queue::newestAttempt)
          .filter(job -> step.open() && !job.status().ended())
          .filter(job -> !hosts.online(job.host()) && queue.withdraw(job.id()))
          .ifPresent(
              job -> {
                passwords.lock(id);
                store
                    .find(id)
                    .filter(rotation -> rotation.job().equals(Optional.of(job.first())))
                    .ifPresent(PasswordRotation::needsJob);
              });
    }
  }

  private void lock(RepositoryId id) {
    if (!passwords.lock(id)) {
      throw new NotFound("repository", id.toString());
    }
  }

  private RotationState state(PasswordRotation rotation) {
    Optional<JobDetails> job = rotation.job().flatMap(queue::newestAttempt);
    return rotation.state(job);
  }
}
