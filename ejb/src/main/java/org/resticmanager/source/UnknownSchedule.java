package org.resticmanager.source;

import org.resticmanager.platform.Refusal;

/** An agent spoke of a schedule that its host does not have, or that is disabled. */
public class UnknownSchedule extends Refusal {

  private static final long serialVersionUID = 1L;

  UnknownSchedule(String id) {
    super("unknown_schedule", "This host has no schedule '" + id + "' that is enabled.");
  }
}
