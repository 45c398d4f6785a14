package org.resticmanager.agent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder in which one agent keeps everything. It is private to the user that runs the agent.
 *
 * @param root the folder itself
 */
public record DataFolder(Path root) {

  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Makes sure that the folder is there, private and writable.
   *
   * @throws ConfigProblem if not, in words for the person who chose it
   */
  public DataFolder prepared() {
    try {
      PrivateFile.createFolder(root);
      Path probe = root.resolve(".probe");
      PrivateFile.write(probe, new byte[0]);
      Files.delete(probe);
      PrivateFile.createFolder(jobs());
      PrivateFile.createFolder(cache());
      return this;
    } catch (IOException e) {
      throw new ConfigProblem(
          "cannot write to the data folder "
              + root
              + " ("
              + Words.of(e)
              + "); run as another user or choose another folder with --data",
          e);
    }
  }

  Path enrolment() {
    return root.resolve("agent.json");
  }

  Path announcementKey() {
    return root.resolve("announcement.key");
  }

  /** What {@code config.update} brought; readable by its owner only. */
  public Path secrets() {
    return root.resolve("secrets.json");
  }

  /** The schedules, and their fires that are still to be said. */
  public Path schedules() {
    return root.resolve("schedules.json");
  }

  /** There if the control plane is one that confirms. */
  Path confirmingServer() {
    return root.resolve("server-confirms");
  }

  Path lock() {
    return root.resolve("agent.lock");
  }

  /** One folder per job that is not yet confirmed. */
  public Path jobs() {
    return root.resolve("jobs");
  }

  /** The ids of jobs that were confirmed lately. */
  public Path finishedJobs() {
    return root.resolve("finished-jobs");
  }

  /** restic's cache. */
  public Path cache() {
    return root.resolve("cache");
  }
}
