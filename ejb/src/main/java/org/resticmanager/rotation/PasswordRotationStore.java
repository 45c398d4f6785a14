package org.resticmanager.rotation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.resticmanager.job.JobId;
import org.resticmanager.repository.RepositoryId;

/** The changes of passwords in the database; call it inside a transaction. */
@ApplicationScoped
public class PasswordRotationStore {

  @Inject private EntityManager entityManager;

  void insert(PasswordRotation rotation) {
    entityManager.persist(rotation);
  }

  /** Call it with the repository's password locked, unless it is only shown. */
  Optional<PasswordRotation> find(RepositoryId repository) {
    return Optional.ofNullable(entityManager.find(PasswordRotation.class, repository.value()));
  }

  /** Whose change a series of attempts is for; reads no row, so that it can be locked first. */
  Optional<RepositoryId> repositoryOf(JobId first) {
    return entityManager
        .createQuery(
            "select r.repositoryId from PasswordRotation r where r.jobId = :job", UUID.class)
        .setParameter("job", first.toString())
        .getResultStream()
        .findFirst()
        .map(RepositoryId::new);
  }

  /** The last job of a change that is in this step; likewise. */
  Optional<JobId> jobOf(RepositoryId repository, RotationStep step) {
    return entityManager
        .createQuery(
            "select r.jobId from PasswordRotation r where r.repositoryId = :repository"
                + " and r.step = :step and r.jobId is not null",
            String.class)
        .setParameter("repository", repository.value())
        .setParameter("step", step.word())
        .getResultStream()
        .findFirst()
        .map(JobId::parse);
  }

  /** The repositories with a change under way. */
  List<RepositoryId> open() {
    return entityManager
        .createQuery(
            "select r.repositoryId from PasswordRotation r where r.step in :steps"
                + " order by r.beganAt",
            UUID.class)
        .setParameter(
            "steps",
            Stream.of(RotationStep.values())
                .filter(RotationStep::open)
                .map(RotationStep::word)
                .toList())
        .getResultList()
        .stream()
        .map(RepositoryId::new)
        .toList();
  }
}
