package org.resticmanager.agent.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Whether this agent's control plane confirms what it has stored, as it was when it last said
 * something, kept on disk: from one that does, silence means that it is busy. For one thread.
 */
public final class KnownServer {

  private static final System.Logger LOG = System.getLogger(KnownServer.class.getName());

  private final Path file;
  private final String hostId;
  private boolean confirming;

  /**
   * Reads what an earlier process has noted.
   *
   * @param hostId who we are: the note of another enrolment is about another server
   * @throws ConfigProblem if it is there and cannot be read
   */
  public KnownServer(DataFolder data, String hostId) {
    this.file = data.confirmingServer();
    this.hostId = hostId;
    try {
      this.confirming = Files.readString(file, StandardCharsets.UTF_8).strip().equals(hostId);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new ConfigProblem("cannot read " + file + " (" + Words.of(e) + ")", e);
    }
  }

  /** Whether it confirmed when it was last heard. */
  public boolean confirming() {
    return confirming;
  }

  /** It has said now whether it confirms. If that cannot be stored, it holds for this process. */
  public void heard(boolean confirms) {
    if (confirms == confirming) {
      return;
    }
    confirming = confirms;
    try {
      if (confirms) {
        PrivateFile.write(file, hostId.getBytes(StandardCharsets.UTF_8));
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "whether the server confirms could not be noted in {0} ({1})",
          file,
          Words.of(e));
    }
  }
}
