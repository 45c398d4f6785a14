package org.resticmanager.web.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.resticmanager.job.ExitCode;
import org.resticmanager.job.JobDetails;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.Slot;
import org.resticmanager.repository.SlotDetails;

/**
 * Where a person mends what a job complains of.
 *
 * @param key of its words
 * @param page where it is done
 * @param parameters of the page's address
 */
public record NextStep(String key, String page, String parameters) {

  /**
   * What to do about a job that has ended, by restic's exit code.
   *
   * @param repository of its host; empty if that is connected to none
   */
  static Optional<NextStep> after(JobDetails job, Optional<RepositoryDetails> repository) {
    if (job.exitCode() == null || !(job.status() == JobStatus.FAILED || job.flagged())) {
      return Optional.empty();
    }
    return switch (job.exitCode()) {
      case ExitCode.UNREADABLE_FILES ->
          Optional.ofNullable(job.sourceGroup())
              .map(group -> new NextStep("group", "/source-group.xhtml", hostAndGroup(job, group)));
      case ExitCode.NO_REPOSITORY ->
          repository.map(it -> new NextStep("location", "/repository-edit.xhtml", "id=" + it.id()));
      case ExitCode.LOCKED ->
          repository.map(
              it -> new NextStep("unlock", "/repository.xhtml", "id=" + it.id() + "#access-title"));
      case ExitCode.WRONG_PASSWORD -> repository.map(it -> password(job, it));
      default -> Optional.empty();
    };
  }

  private static String hostAndGroup(JobDetails job, String group) {
    return "host=" + job.host() + "&group=" + URLEncoder.encode(group, StandardCharsets.UTF_8);
  }

  /** The everyday password counts in the admin slot too, unless that has its own. */
  private static NextStep password(JobDetails job, RepositoryDetails repository) {
    boolean admin =
        (job.kind() == JobKind.PRUNE || job.kind() == JobKind.UNLOCK)
            && repository.slot(Slot.ADMIN).filter(SlotDetails::password).isPresent();
    Slot slot = admin ? Slot.ADMIN : Slot.REPO;
    return new NextStep(
        "password",
        "/repository-credentials.xhtml",
        "id=" + repository.id() + "&slot=" + slot.wireName());
  }

  /** Whether it changes the host only: a repository is changed by who sees all its hosts. */
  public boolean ofHost() {
    return key.equals("group");
  }

  /** Where it is, from the root of the product. */
  public String address() {
    return page + "?" + parameters;
  }
}
