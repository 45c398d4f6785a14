package org.resticmanager.web.ui;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.web.ui.HostView.GroupRow;

/**
 * How well a host is protected, by the last backup of each of its source groups and by what was
 * missed.
 *
 * @param state for the badge
 * @param words the reason
 */
public record HostHealth(State state, String words) {

  /**
   * Empty if nothing is to be backed up.
   *
   * @param missed how many runs of its schedules were missed lately
   */
  static Optional<HostHealth> of(List<GroupRow> groups, long missed, Wording wording) {
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    String failed = names(groups, group -> ended(group, JobStatus.FAILED), wording);
    if (!failed.isEmpty()) {
      return health("bad", "cross", "failing", wording, failed);
    }
    String never = names(groups, group -> group.newestBackup() == null, wording);
    if (!never.isEmpty()) {
      return health("warn", "alert", "never", wording, never);
    }
    if (missed > 0) {
      return health("warn", "unplugged", "missed", wording, missed);
    }
    String flagged = names(groups, group -> group.newestBackup().job().flagged(), wording);
    return flagged.isEmpty()
        ? health("good", "check", "protected", wording, "")
        : health("warn", "alert", "flagged", wording, flagged);
  }

  private static boolean ended(GroupRow group, JobStatus status) {
    return group.newestBackup() != null && group.newestBackup().job().status() == status;
  }

  private static String names(List<GroupRow> groups, Predicate<GroupRow> which, Wording wording) {
    return groups.stream()
        .filter(which)
        .map(group -> wording.visible(group.group().name()))
        .collect(Collectors.joining(", "));
  }

  private static Optional<HostHealth> health(
      String tone, String icon, String key, Wording wording, Object part) {
    return Optional.of(
        new HostHealth(
            new State(tone, icon, "host.health.is." + key),
            wording.text("host.health." + key, part)));
  }
}
