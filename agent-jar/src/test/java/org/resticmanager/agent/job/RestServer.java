package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The newest REST server at hand, on this machine. */
final class RestServer implements AutoCloseable {

  private final int port;
  private final Process process;

  /** Starts it with its data in this folder. */
  RestServer(Path folder, String... options) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                newest().toString(),
                "--path",
                folder.resolve("data").toString(),
                "--listen",
                "127.0.0.1:" + port));
    command.addAll(List.of(options));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    Awaitility.await().ignoreExceptions().until(this::listens);
  }

  private static Path newest() throws IOException {
    Path tools = Path.of("../.tools/rest-server");
    assertThat(tools).as("ci/tools backends fetches it").isDirectory();
    try (Stream<Path> versions = Files.list(tools)) {
      return versions
          .sorted()
          .reduce((first, second) -> second)
          .orElseThrow()
          .resolve("rest-server");
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  String url() {
    return "rest:http://127.0.0.1:" + port + "/web-1/";
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
