package org.resticmanager.job;

import org.resticmanager.platform.Refusal;

/** An agent spoke of a job that is not its host's own, or that does not exist. */
public class NotYours extends Refusal {

  private static final long serialVersionUID = 1L;

  NotYours(String jobId) {
    super("not_yours", "This host has no job '" + jobId + "'.");
  }
}
