package org.resticmanager.agent.restic;

/** Takes what a restic says while it runs, line by line and free of secrets, on one thread. */
public interface ResticOutput {

  /** A line of text on stdout. */
  void stdout(String line);

  /** A line of text on stderr. */
  void stderr(String line);

  /** One of restic's JSON objects, as it is: a summary or an error. */
  void event(String json);

  /** A line on stderr, which may be one of restic's JSON objects. */
  default void complaint(String line, boolean json) {
    if (json) {
      event(line);
    } else {
      stderr(line);
    }
  }

  /** How far a backup is; comes about once a second. */
  void status(BackupStatus status);
}
