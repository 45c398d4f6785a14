package org.resticmanager.agent.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What an operator may tune. Each is an environment variable, or a system property of the same
 * name, which wins; whole seconds where it is a time.
 *
 * @param restartSpread {@code RESTIC_MANAGER_AGENT_RESTART_SPREAD_SECONDS}: after the server said
 *     that it restarts, come back at a random moment within this time; 30 s unless told
 * @param longestBackOff {@code RESTIC_MANAGER_AGENT_BACKOFF_MAX_SECONDS}: the longest pause between
 *     two tries to connect; 50 s unless told: then a fleet is back within a minute
 * @param unreachableAfter {@code RESTIC_MANAGER_AGENT_UNREACHABLE_AFTER_SECONDS}: a restic that
 *     only repeats requests to its backend is given up after this time without progress; 10 min
 *     unless told
 * @param stuckAfter {@code RESTIC_MANAGER_AGENT_STUCK_AFTER_SECONDS}: a restic that says nothing
 *     new and uses next to no processor time is given up after this time; 12 h unless told
 * @param hooksForbidden {@code RESTIC_MANAGER_AGENT_FORBID_HOOKS}: whether the owner of this host
 *     forbids that the control plane has commands run around backups; {@code false} unless told
 */
public record AgentSettings(
    Duration restartSpread,
    Duration longestBackOff,
    Duration unreachableAfter,
    Duration stuckAfter,
    boolean hooksForbidden) {

  /**
   * Reads them from this process's properties and environment.
   *
   * @throws ConfigProblem if one is not what it must be
   */
  public static AgentSettings ofThisProcess() {
    return of(
        name -> System.getProperty(name) != null ? System.getProperty(name) : System.getenv(name));
  }

  static AgentSettings of(UnaryOperator<String> values) {
    return new AgentSettings(
        seconds(values, "RESTIC_MANAGER_AGENT_RESTART_SPREAD_SECONDS", 30, 0),
        seconds(values, "RESTIC_MANAGER_AGENT_BACKOFF_MAX_SECONDS", 50, 1),
        seconds(values, "RESTIC_MANAGER_AGENT_UNREACHABLE_AFTER_SECONDS", 600, 1),
        seconds(values, "RESTIC_MANAGER_AGENT_STUCK_AFTER_SECONDS", 43_200, 1),
        flag(values, "RESTIC_MANAGER_AGENT_FORBID_HOOKS"));
  }

  /** A word that is neither is no reason to allow what was perhaps to be forbidden. */
  private static boolean flag(UnaryOperator<String> values, String name) {
    String value = values.apply(name);
    String word = value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    if (!List.of("", "true", "false").contains(word)) {
      throw new ConfigProblem(name + " must be true or false");
    }
    return word.equals("true");
  }

  private static Duration seconds(
      UnaryOperator<String> values, String name, long unlessTold, long atLeast) {
    String value = values.apply(name);
    if (value == null || value.isBlank()) {
      return Duration.ofSeconds(unlessTold);
    }
    try {
      long seconds = Long.parseLong(value.strip());
      if (seconds >= atLeast && seconds <= 86_400) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // answered below, as any other value that does not fit
    }
    throw new ConfigProblem(
        name + " must be a whole number of seconds from " + atLeast + " to 86400");
  }
}
