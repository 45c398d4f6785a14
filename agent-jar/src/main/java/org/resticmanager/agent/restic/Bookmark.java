package org.resticmanager.agent.restic;

/**
 * Is told where in restic's output we read, so that another process can go on from there. For one
 * thread.
 */
public interface Bookmark {

  /**
   * What restic is said to say from now on stands in this line.
   *
   * @param file the output file's name
   * @param end the byte after the line
   */
  void reading(String file, long end);

  /** Nothing of the output is being read now. */
  void pause();
}
