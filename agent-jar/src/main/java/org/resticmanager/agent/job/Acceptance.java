package org.resticmanager.agent.job;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ForgetGroup;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.RetentionPolicy;

/**
 * What this agent can carry out. What it cannot it refuses before the job begins, rather than doing
 * something else than was asked.
 */
final class Acceptance {

  static final Set<JobKind> KINDS =
      EnumSet.of(
          JobKind.INIT,
          JobKind.BACKUP,
          JobKind.FORGET,
          JobKind.PRUNE,
          JobKind.CHECK,
          JobKind.UNLOCK,
          JobKind.TEST,
          JobKind.KEY_ADD,
          JobKind.KEY_REMOVE);

  static final String REMOVE_ALL = "--remove-all";

  private static final Pattern SUBSET =
      Pattern.compile("\\d{1,9}/\\d{1,9}|\\d{1,3}(\\.\\d{1,9})?%|\\d{1,15}[KMGT]?");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6}[ymdh])+");

  private Acceptance() {}

  static Optional<String> refusal(CommandRun command) {
    if (!KINDS.contains(command.kind())) {
      return Optional.of(
          "this agent cannot run jobs of the kind " + command.kind().wireName() + " yet");
    }
    return arguments(command)
        .or(() -> subset(command))
        .or(() -> policies(command).flatMap(policy -> policy(policy).stream()).findFirst());
  }

  /** An argument can make restic run any program: only what is known is passed on. */
  private static Optional<String> arguments(CommandRun command) {
    List<String> known = command.kind() == JobKind.UNLOCK ? List.of(REMOVE_ALL) : List.of();
    return command.args().stream()
        .filter(argument -> !known.contains(argument))
        .findFirst()
        .map(
            argument ->
                "a job of the kind "
                    + command.kind().wireName()
                    + " takes no argument "
                    + argument);
  }

  private static Optional<String> subset(CommandRun command) {
    String subset = command.readDataSubset();
    return command.kind() != JobKind.CHECK || subset.isEmpty() || SUBSET.matcher(subset).matches()
        ? Optional.empty()
        : Optional.of("read_data_subset must be like 5%, 1/12 or 500M");
  }

  private static Stream<RetentionPolicy> policies(CommandRun command) {
    if (command.kind() != JobKind.FORGET) {
      return Stream.empty();
    }
    return command.forgetGroups().isEmpty()
        ? Stream.ofNullable(command.retentionPolicy())
        : command.forgetGroups().stream().map(ForgetGroup::retentionPolicy);
  }

  private static Optional<String> policy(RetentionPolicy policy) {
    if (policy.empty() || policy.keepTag().contains("")) {
      return Optional.of("retention_policy is empty: it would delete everything");
    }
    return policy.keepWithin().isEmpty() || DURATION.matcher(policy.keepWithin()).matches()
        ? Optional.empty()
        : Optional.of("keep_within must be like 1y5m7d2h");
  }
}
