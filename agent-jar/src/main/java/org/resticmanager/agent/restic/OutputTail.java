package org.resticmanager.agent.restic;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a file that another process is still writing, line by line, from one place on. */
final class OutputTail implements Closeable {

  private final FileChannel file;
  private final LineSplitter splitter;
  private final ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);

  OutputTail(Path file, long from, LineSplitter.Lines lines) throws IOException {
    this.file = FileChannel.open(file, StandardOpenOption.READ);
    this.file.position(from);
    this.splitter = new LineSplitter(from, lines);
  }

  /** Passes on the lines that are complete by now. */
  void readAvailable() throws IOException {
    while (file.read(chunk.clear()) > 0) {
      splitter.accept(chunk.array(), chunk.position());
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
