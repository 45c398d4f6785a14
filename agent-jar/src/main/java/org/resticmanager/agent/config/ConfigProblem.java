package org.resticmanager.agent.config;

/**
 * The agent cannot go on as it is set up. The message is one sentence for a person, without
 * secrets, and says what to do.
 */
public final class ConfigProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigProblem(String message) {
    super(message);
  }

  public ConfigProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
