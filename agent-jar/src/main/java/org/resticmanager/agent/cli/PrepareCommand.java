package org.resticmanager.agent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A start like any other, at a control plane that is played here and only listens until the agent
 * has said hello. The installation has Java archive the classes that it loads ({@code
 * -XX:ArchiveClassesAtExit}), which spares later starts most of the time.
 */
@Command(
    name = "prepare",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = Agent.Versions.class,
    description = {
      "Goes through a start without a control plane, so that Java can archive the classes.",
      "--data is an empty folder that is not used for anything else."
    })
final class PrepareCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String KEY = "sec-websocket-key:";

  /** RFC 6455, section 1.3. */
  private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  @Mixin private DataOption data;

  @Override
  public Integer call() throws IOException {
    DataFolder folder = data.folder().prepared();
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      door.setSoTimeout((int) LIMIT.toMillis());
      new EnrolmentStore(folder).save(enrolment(door));
      Thread agent = new Thread(() -> start("run", "--data", folder.root().toString()), "agent");
      agent.setDaemon(true);
      agent.start();
      try (Socket socket = door.accept()) {
        listen(socket);
      }
    }
    return ExitCode.OK;
  }

  private static void start(String... arguments) {
    Agent.commandLine(arguments).execute(arguments);
  }

  private static Enrolment enrolment(ServerSocket door) {
    return new Enrolment(
        URI.create("http://127.0.0.1:" + door.getLocalPort()),
        "prepare",
        "prepare",
        "prepare",
        Optional.empty());
  }

  /** Until hello has begun to come. */
  private static void listen(Socket socket) throws IOException {
    socket.setSoTimeout((int) LIMIT.toMillis());
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String key = "";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(KEY)) {
        key = line.substring(KEY.length()).strip();
      }
    }
    String upgrade =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n";
    socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.ISO_8859_1));
    if (in.read() < 0) {
      throw new IOException("the agent did not say hello");
    }
  }

  private static String accept(String key) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest((key + ACCEPT).getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
