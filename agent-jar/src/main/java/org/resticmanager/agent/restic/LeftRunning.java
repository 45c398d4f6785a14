package org.resticmanager.agent.restic;

/**
 * The agent stops and leaves restic, or what was to be run next, to the next agent: whoever runs a
 * job must let this through and change nothing any more.
 */
public final class LeftRunning extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeftRunning(String command) {
    super(command);
  }
}
