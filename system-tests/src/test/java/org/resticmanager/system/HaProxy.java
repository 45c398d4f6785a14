package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real HAProxy, as {@code ci/tools haproxy} fetched it. */
final class HaProxy implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final Scratch scratch = new Scratch("haproxy");
  private final Program program;

  /**
   * Starts it; returns when it listens.
   *
   * @param settings what stands in its configuration file
   * @param port one of those at which it listens then
   */
  HaProxy(String settings, int port) {
    Path binary = Project.haproxy();
    Path file = scratch.folder().resolve("haproxy.cfg");
    try {
      Files.writeString(file, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    program =
        Program.start(
            scratch.folder().resolve("haproxy.log"),
            Map.of("LD_LIBRARY_PATH", binary.getParent().toString()),
            List.of(binary.toString(), "-db", "-f", file.toString()));
    await("HAProxy listens").atMost(START_LIMIT).until(() -> listens(port));
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    program.kill();
    scratch.close();
  }
}
