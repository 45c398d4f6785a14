package org.resticmanager.agent.job;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.Forget;
import org.resticmanager.agent.restic.QueryFailed;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ForgetGroup;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.RetentionPolicy;

/**
 * Removes this host's snapshots that are not to be kept, one source group after the other. It has
 * succeeded only if a fresh list no longer holds them: restic says so of itself although the server
 * refused.
 */
final class ForgetJob {

  private final JobSpool spool;
  private final JobLog log;
  private final String hostName;
  private final SnapshotList snapshots;
  private final Set<String> removed = new HashSet<>();
  private final JsonArrayBuilder groups = JSON.createArrayBuilder();

  ForgetJob(JobSpool spool, JobLog log, String hostName, SnapshotList snapshots) {
    this.spool = spool;
    this.log = log;
    this.hostName = hostName;
    this.snapshots = snapshots;
  }

  Outcome run(Restic restic) throws IOException {
    Optional<Outcome> failed = Optional.empty();
    int number = 0;
    for (Group group : groupsOf(spool.command())) {
      number++;
      failed = forget(restic, group, number);
      if (failed.isPresent()) {
        break;
      }
    }
    OptionalLong listed =
        restic.interrupted() ? OptionalLong.empty() : snapshots.report(restic, removed);
    if (failed.isPresent()) {
      return failed.get();
    }
    long stillThere = listed.orElse(0);
    JsonObject stats =
        JSON.createObjectBuilder()
            .add("removed", removed.size() - stillThere)
            .add("groups", groups)
            .build();
    if (stillThere > 0) {
      return new Outcome(
          JobStatus.FAILED,
          1,
          Optional.of(stats),
          stillThere
              + " snapshots could not be removed: the repository's server does not let this user"
              + " delete");
    }
    return Outcome.succeeded(
        0,
        Optional.of(stats),
        listed.isEmpty() ? "whether the snapshots are gone could not be looked up" : "");
  }

  private Optional<Outcome> forget(Restic restic, Group group, int number) throws IOException {
    List<String> keep = keep(group.policy());
    log.note(
        "restic "
            + restic.version().text()
            + " forgets snapshots of "
            + group.inWords()
            + ", "
            + String.join(" ", keep));
    Forget forget = new Forget(restic, number);
    Ended ended = forget.run(hostName, group.tag(), keep, log);
    if (!ended.ok()) {
      return Optional.of(Outcome.failed(ended.exitCode(), group.inWords() + ": " + ended.reason()));
    }
    try {
      Forget.Removal removal = forget.removed();
      removed.addAll(removal.removed());
      log.note(
          group.inWords()
              + ": "
              + removal.kept()
              + " snapshots kept, "
              + removal.removed().size()
              + " removed");
      groups.add(
          JSON.createObjectBuilder()
              .add("tag", group.tag())
              .add("kept", removal.kept())
              .add("removed", removal.removed().size()));
      return Optional.empty();
    } catch (QueryFailed e) {
      return Optional.of(Outcome.failed(ended.exitCode(), e.getMessage()));
    }
  }

  private static List<Group> groupsOf(CommandRun command) {
    return command.forgetGroups().isEmpty()
        ? List.of(new Group(command.tag(), command.retentionPolicy()))
        : command.forgetGroups().stream().map(Group::of).toList();
  }

  private static List<String> keep(RetentionPolicy policy) {
    List<String> arguments = new ArrayList<>();
    add(arguments, "last", policy.keepLast());
    add(arguments, "hourly", policy.keepHourly());
    add(arguments, "daily", policy.keepDaily());
    add(arguments, "weekly", policy.keepWeekly());
    add(arguments, "monthly", policy.keepMonthly());
    add(arguments, "yearly", policy.keepYearly());
    if (!policy.keepWithin().isEmpty()) {
      arguments.add("--keep-within=" + policy.keepWithin());
    }
    policy.keepTag().forEach(tag -> arguments.add("--keep-tag=" + tag));
    return arguments;
  }

  private static void add(List<String> arguments, String name, int count) {
    if (count > 0) {
      arguments.add("--keep-" + name + "=" + count);
    }
  }

  /**
   * The snapshots that one policy is for.
   *
   * @param tag empty for all of the host
   */
  private record Group(String tag, RetentionPolicy policy) {

    private static Group of(ForgetGroup group) {
      return new Group(group.tag(), group.retentionPolicy());
    }

    private String inWords() {
      return tag.isEmpty() ? "this host" : "the group " + tag;
    }
  }
}
