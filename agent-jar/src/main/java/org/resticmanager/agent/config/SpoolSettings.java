package org.resticmanager.agent.config;

import java.util.function.UnaryOperator;

/**
 * How much of this machine's disk the agent may take for logs that nobody has confirmed yet.
 *
 * @param maxBytes {@code RESTIC_MANAGER_AGENT_SPOOL_MAX_MIB} (an environment variable, or a system
 *     property of the same name, which wins; whole MiB from 1 to 1048576): what the lines of all
 *     jobs may take together; 256 MiB unless told. When it is full, lines of stdout and stderr give
 *     way, results never do
 */
public record SpoolSettings(long maxBytes) {

  private static final String NAME = "RESTIC_MANAGER_AGENT_SPOOL_MAX_MIB";
  private static final long MEBI = 1024L * 1024;

  /** What counts unless an operator says otherwise. */
  public static final SpoolSettings UNLESS_TOLD = new SpoolSettings(256 * MEBI);

  /**
   * Reads it from this process's properties and environment.
   *
   * @throws ConfigProblem if it is not a number in its range
   */
  public static SpoolSettings ofThisProcess() {
    return of(
        name -> System.getProperty(name) != null ? System.getProperty(name) : System.getenv(name));
  }

  static SpoolSettings of(UnaryOperator<String> values) {
    String value = values.apply(NAME);
    if (value == null || value.isBlank()) {
      return UNLESS_TOLD;
    }
    try {
      long mebibytes = Long.parseLong(value.strip());
      if (mebibytes >= 1 && mebibytes <= MEBI) {
        return new SpoolSettings(mebibytes * MEBI);
      }
    } catch (NumberFormatException e) {
      // answered below, as any other value that does not fit
    }
    throw new ConfigProblem(NAME + " must be a whole number of MiB from 1 to " + MEBI);
  }
}
