package org.resticmanager.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/**
 * Payara Micro in this process, with the war that lies in this file.
 *
 * <p>How it is set up (data source, listener, what is switched off) stands in {@code
 * MICRO-INF/pre-boot-commands.txt}, which takes addresses and secrets from the system properties of
 * this process; nothing of that is written to a file.
 */
final class ApplicationServer {
  private static final Duration GETTING_READY_LASTS = Duration.ofMinutes(2);
  private static final String SHUTDOWN_HOOK = "Payara Micro Shutdown Hook";
  private static final Duration STOP_LASTS = Duration.ofSeconds(30);

  private final Path runtimeFolder;
  private final Path logs;
  private final CompletableFuture<ServerClassLoader> classes;

  /** Begins to unpack it, on a thread of its own. */
  ApplicationServer(DataFolder folder) {
    logs = folder.subfolder("log");
    runtimeFolder = folder.freshSubfolder("runtime");
    classes = CompletableFuture.supplyAsync(() -> ServerLauncher.unpack(runtimeFolder));
  }

  /**
   * Starts it and returns once the application says that it is ready.
   *
   * @throws StartFailure if the server does not start, or the application cannot be deployed or
   *     does not get ready
   */
  void start(StandaloneSettings settings) {
    try {
      Path logging = loggingProperties(settings.logFormat());
      ServerLauncher.start(
          classes.get(),
          "--rootDir",
          runtimeFolder.toString(),
          "--logProperties",
          logging.toString(),
          "--noHazelcast",
          "--disablePhoneHome");
      awaitReady(settings);
    } catch (StartFailure e) {
      throw e;
    } catch (Exception e) { // what the launcher declares
      throw new StartFailure(
          "the application server did not start: %s (see %s)"
              .formatted(Reasons.rootOf(e), logs.resolve("server.log")),
          e);
    }
  }

  /** Payara Micro goes on when an application fails, so only the application itself can tell. */
  private void awaitReady(StandaloneSettings settings) throws IOException, InterruptedException {
    InetAddress listening = InetAddress.getByName(settings.httpAddress());
    String host = listening.isAnyLocalAddress() ? "127.0.0.1" : listening.getHostAddress();
    URL ready = new URL("http", host, settings.httpPort(), "/health/ready");
    Instant deadline = Instant.now().plus(GETTING_READY_LASTS);
    int status = status(ready);
    while (status != HttpURLConnection.HTTP_OK) {
      if (status == HttpURLConnection.HTTP_NOT_FOUND || Instant.now().isAfter(deadline)) {
        throw new StartFailure(
            "the application did not start: %s (see %s)"
                .formatted(
                    TroubleHandler.first().orElse("/health/ready answers " + status),
                    logs.resolve("server.log")));
      }
      Thread.sleep(200);
      status = status(ready);
    }
  }

  private static int status(URL url) throws IOException {
    var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(5_000);
    connection.setReadTimeout(30_000);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  /**
   * Finds out before anything is started whether the server will get its address.
   *
   * @throws StartFailure if it is taken or not this machine's
   */
  static void checkAddress(StandaloneSettings settings) {
    var address = new InetSocketAddress(settings.httpAddress(), settings.httpPort());
    if (address.isUnresolved()) {
      throw new StartFailure(
          "%s: there is no address \"%s\""
              .formatted(StandaloneSettings.HTTP_ADDRESS, settings.httpAddress()));
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException e) {
      throw new StartFailure(
          "%s, %s: cannot listen on %s:%d: %s"
              .formatted(
                  StandaloneSettings.HTTP_ADDRESS,
                  StandaloneSettings.HTTP_PORT,
                  settings.httpAddress(),
                  settings.httpPort(),
                  Reasons.of(e)),
          e);
    }
  }

  private Path loggingProperties(LogFormat format) throws IOException {
    var properties = new Properties();
    try (InputStream in = ApplicationServer.class.getResourceAsStream("logging.properties")) {
      properties.load(in);
    }
    // In a pattern, % is special.
    String pattern = logs.toString().replace("%", "%%") + "/server.%g.log";
    properties.setProperty("java.util.logging.FileHandler.pattern", pattern);
    properties.setProperty("java.util.logging.FileHandler.formatter", format.formatter().getName());
    Path file = runtimeFolder.resolve("logging.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    Path current = logs.resolve("server.log");
    if (!Files.isSymbolicLink(current)) {
      Files.createSymbolicLink(current, Path.of("server.0.log"));
    }
    return file;
  }

  /**
   * Returns when the server has undeployed the application and stopped. To be called from a
   * shutdown hook: Payara Micro stops in one of its own, which runs at the same time and offers no
   * other way to wait for it.
   */
  static void awaitStop() {
    try {
      for (int tries = 0; tries < 100; tries++) {
        Optional<Thread> hook =
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(SHUTDOWN_HOOK))
                .findAny();
        if (hook.isPresent()) {
          hook.get().join(STOP_LASTS.toMillis());
          return;
        }
        Thread.sleep(10); // it is about to be started, unless the server never got so far
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
