package org.resticmanager.agent.restic;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a file that another process is still writing, line by line. */
final class OutputTail implements Closeable {

  private final InputStream file;
  private final LineSplitter splitter;
  private final byte[] chunk = new byte[64 * 1024];

  OutputTail(Path file, Consumer<String> lines) throws IOException {
    this.file = Files.newInputStream(file);
    this.splitter = new LineSplitter(lines);
  }

  /** Passes on the lines that are complete by now. */
  void readAvailable() throws IOException {
    int count = file.read(chunk);
    while (count > 0) {
      splitter.accept(chunk, count);
      count = file.read(chunk);
    }
  }

  /** The writer has ended: passes on what is left. */
  void readRest() throws IOException {
    readAvailable();
    splitter.end();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
