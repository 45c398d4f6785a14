package org.resticmanager.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import org.resticmanager.job.ForgetDue;
import org.resticmanager.job.JobQueue;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.snapshot.Snapshots;
import org.resticmanager.source.SourceGroupDetails;

/**
 * Looks at every forget in the moment before it is sent, whoever wanted it: one that would remove
 * too much is refused, unless an operator has confirmed these very policies. Source groups of which
 * we know no snapshots are left out, because nobody could say what would go.
 */
@ApplicationScoped
class ForgetGuard {

  @Inject private MaintenanceStore store;
  @Inject private Snapshots snapshots;
  @Inject private JobQueue jobs;
  @Inject private Clock clock;

  void onDue(@Observes ForgetDue due) {
    boolean confirmed =
        store
            .confirmed(due.first())
            .filter(version -> version.equals(PolicyVersion.of(due.host(), due.groups())))
            .isPresent();
    ForgetRule rule =
        store
            .find(due.repository())
            .map(stored -> ForgetRule.of(stored.plan()))
            .orElse(ForgetRule.USUAL);
    for (SourceGroupDetails group : due.groups()) {
      Selection selection = snapshots.select(due.host(), group.name(), group.plan().retention());
      if (selection.equals(Selection.EMPTY)) {
        due.leaveOut(group);
      } else if (!confirmed) {
        rule.objection(
                selection,
                jobs.newestSnapshot(due.host(), due.repository(), group.name()),
                clock.instant())
            .ifPresent(words -> refuse(due, group, words));
      }
    }
  }

  private void refuse(ForgetDue due, SourceGroupDetails group, String words) {
    store.refused(due.job());
    due.refuse(
        "Nothing was removed. Of the source group "
            + group.name()
            + " "
            + words
            + ". If that is right, look at the preview of its retention and confirm the forget.");
  }
}
