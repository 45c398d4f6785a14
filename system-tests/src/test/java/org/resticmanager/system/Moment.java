package org.resticmanager.system;

import jakarta.json.JsonObject;
import java.util.function.Predicate;

/**
 * Where in the life of a job something breaks: just before a frame arrives, which then does not.
 */
enum Moment {
  /** The agent is told to run it. */
  COMMAND(Wire.type("command.run")),
  /** The agent has it on its disk. */
  ACCEPTANCE(Wire.type("command.result")),
  /** restic is at work. */
  PROGRESS(Wire.type("job.progress")),
  /** restic has ended. */
  END(Wire.type("job.finished")),
  /** The control plane has it all in its database. */
  CONFIRMATION(
      Wire.type("event.ack")
          .and(ack -> ack.getJsonObject("payload").getBoolean("finished", false)));

  private final Predicate<JsonObject> frame;

  Moment(Predicate<JsonObject> frame) {
    this.frame = frame;
  }

  Predicate<JsonObject> frame() {
    return frame;
  }
}
