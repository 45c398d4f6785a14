package org.resticmanager.conformance.agent;

import java.io.IOException;
import java.util.Map;

/** Brings the agent to life. Called again when an agent that has ended is wanted once more. */
@FunctionalInterface
public interface Starter {

  /**
   * Starts it and returns at once.
   *
   * @param environment says where to connect and with what
   */
  Running start(Map<String, String> environment) throws IOException;

  /** An agent that was started. */
  interface Running {

    boolean alive();

    void end() throws InterruptedException;
  }
}
