package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.ForgetGroup;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;

/**
 * What forgets are about. One job is for all source groups of a host; but an agent that knows only
 * the base protocol is told of one in each job, and the others get jobs of their own.
 */
@ApplicationScoped
class Forgets {

  @Inject private JobStore store;
  @Inject private SourceGroups sourceGroups;
  @Inject private Clock clock;
  @Inject private Event<ForgetDue> due;
  @Inject private Event<ForgetSplit> split;

  /** The source groups whose snapshots are looked at, as they stand now. */
  List<SourceGroupDetails> retained(Job job) {
    return sourceGroups.withRetention(job.host()).stream()
        .filter(group -> job.sourceGroupName().map(group.name()::equals).orElse(true))
        .toList();
  }

  /** Lets everybody have a look. */
  ForgetDue due(Job job, List<SourceGroupDetails> groups, AgentConnection connection) {
    ForgetDue looked =
        new ForgetDue(
            job.id(),
            job.first(),
            job.host(),
            job.repository(),
            groups,
            !connection.speaks(Feature.FORGET_GROUPS));
    due.fire(looked);
    return looked;
  }

  /** Puts these source groups, at least one, into the command; or one of them, if it must be. */
  void tell(
      CommandRun.Builder command,
      Job job,
      List<SourceGroupDetails> groups,
      AgentConnection connection) {
    if (connection.speaks(Feature.FORGET_GROUPS)) {
      command.forgetGroups(
          groups.stream()
              .map(group -> new ForgetGroup(group.name(), group.plan().retention().policy()))
              .toList());
      return;
    }
    SourceGroupDetails one = groups.get(0);
    job.of(one);
    groups.stream().skip(1).forEach(other -> queue(job, other));
    command.tag(one.name()).retentionPolicy(one.plan().retention().policy());
  }

  private void queue(Job whole, SourceGroupDetails group) {
    Job part =
        new Job(
            whole.host(), whole.repository(), JobKind.FORGET, whole.queuedBy(), clock.instant());
    part.of(group);
    store.insert(part);
    split.fire(new ForgetSplit(whole.first(), part.id()));
  }
}
