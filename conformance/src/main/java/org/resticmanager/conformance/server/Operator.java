package org.resticmanager.conformance.server;

import java.io.IOException;
import java.util.Map;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.NotChecked;

/** The operator's hooks, as far as the user has given them. */
final class Operator {

  /** Names that {@code --do} takes, and what each must bring about. */
  static final Map<String, String> NAMES =
      Map.of(
          "run", "queue a backup of this host; print nothing",
          "cancel", "cancel the job $RM_JOB_ID",
          "schedule", "give this host an enabled schedule over a source group, or change it",
          "status", "print the status of the job $RM_JOB_ID, one word",
          "log", "print the log of the job $RM_JOB_ID, one line each, as text",
          "snapshots", "print how many snapshots of this host are known, a number");

  private final Map<String, Hook> hooks;

  Operator(Map<String, Hook> hooks) {
    this.hooks = Map.copyOf(hooks);
  }

  boolean can(String name) {
    return hooks.containsKey(name);
  }

  /** Ends the check as not checked if the user gave no such hook. */
  void need(String name) {
    if (!can(name)) {
      throw new NotChecked("needs --do " + name + "=COMMAND (" + NAMES.get(name) + ")");
    }
  }

  String call(String name, Map<String, String> environment) throws InterruptedException {
    need(name);
    try {
      return hooks.get(name).call(environment);
    } catch (IOException e) {
      throw new Broken("the hook '" + name + "' to do its work", e.getMessage());
    }
  }

  /** Queues a backup. */
  void run() throws InterruptedException {
    call("run", Map.of());
  }

  String status(String jobId) throws InterruptedException {
    return call("status", Map.of("RM_JOB_ID", jobId)).strip();
  }
}
