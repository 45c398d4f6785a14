package org.resticmanager.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import org.resticmanager.host.HostId;
import org.resticmanager.job.ForgetDue;
import org.resticmanager.job.ForgetSplit;
import org.resticmanager.job.JobQueue;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.snapshot.Snapshots;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;

/**
 * Looks at every forget in the moment before it is sent, whoever wanted it: one that would remove
 * too much is refused, unless an operator has confirmed these very policies. Source groups of which
 * we know no snapshots are left out, because nobody could say what would go.
 */
@ApplicationScoped
class ForgetGuard {

  @Inject private MaintenanceStore store;
  @Inject private Snapshots snapshots;
  @Inject private SourceGroups sourceGroups;
  @Inject private JobQueue jobs;
  @Inject private Clock clock;

  void onDue(@Observes ForgetDue due) {
    boolean confirmed =
        store
            .confirmed(due.first())
            .filter(version -> version.equals(policies(due.host())))
            .isPresent();
    ForgetRule rule =
        store
            .find(due.repository())
            .map(stored -> ForgetRule.of(stored.plan()))
            .orElse(ForgetRule.USUAL);
    for (SourceGroupDetails group : due.groups()) {
      if (due.byTagOnly() && snapshots.othersHave(due.host(), group.name())) {
        due.refuse(
            "Nothing was removed. Other hosts of this repository have snapshots with the tag "
                + group.name()
                + " too, and the agent of this host cannot be told to leave them alone: update the"
                + " agent, or give the source group another name.");
        return;
      }
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

  /** What was confirmed for all source groups of a host holds for each. */
  void onSplit(@Observes ForgetSplit event) {
    store.confirmed(event.whole()).ifPresent(policies -> store.confirm(event.part(), policies));
  }

  private String policies(HostId host) {
    return PolicyVersion.of(host, sourceGroups.withRetention(host));
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
