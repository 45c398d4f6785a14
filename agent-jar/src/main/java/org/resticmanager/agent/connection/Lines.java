package org.resticmanager.agent.connection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.agent.spool.SpooledEvent;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.LogLines;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LoggedLine;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * Lines of one job that are there at the same moment and go out in one frame (extension {@code
 * log_lines}). Nothing waits here: whoever finds no further line to add sends what is gathered. For
 * one thread.
 */
final class Lines {

  /** Much less than a frame may have, so that a server gets it in one piece. */
  private static final int FRAME_BYTES = 32 * 1024;

  private final ControlPlaneSocket socket;
  private final WireCodec codec;
  private final List<LogStream> gathered = new ArrayList<>();
  private long bytes;

  Lines(ControlPlaneSocket socket, WireCodec codec) {
    this.socket = socket;
    this.codec = codec;
  }

  /** Takes the next line of the job; sends those before it if it does not fit in with them. */
  void add(SpooledEvent event) throws IOException {
    if (codec.decodeFromAgent(event.frame()) instanceof Decoded.Understood understood
        && understood.message() instanceof LogStream line) {
      add(line, event.frame().length());
    } else { // whatever a damaged disk has made of it, the server says so
      send();
      socket.send(event.frame());
    }
  }

  private void add(LogStream line, int itsBytes) throws IOException {
    boolean fits = bytes + itsBytes <= FRAME_BYTES && gathered.size() < LogLines.MAX_LINES;
    if (!gathered.isEmpty() && !(fits && line.seq() == gathered.get(0).seq() + gathered.size())) {
      send();
    }
    gathered.add(line);
    bytes += itsBytes;
  }

  /** Sends what is gathered. */
  void send() throws IOException {
    if (gathered.isEmpty()) {
      return;
    }
    LogStream first = gathered.get(0);
    socket.send(
        codec.encode(
            gathered.size() == 1
                ? first
                : new LogLines(
                    first.jobId(), first.seq(), gathered.stream().map(LoggedLine::of).toList())));
    gathered.clear();
    bytes = 0;
  }
}
