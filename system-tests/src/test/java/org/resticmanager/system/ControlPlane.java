package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A control plane of our own: a real server process with a data folder and a port that stay the
 * same over its stops and starts.
 */
final class ControlPlane implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  /**
   * Below the ports that the system hands out to clients, so that ours stays free while it is down.
   */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 12_000;

  private final Scratch scratch = new Scratch("control-plane");
  private final Path data = scratch.folder().resolve("data");
  private final Path console = scratch.folder().resolve("server.log");
  private final Path workingDirectory = scratch.folder().resolve("working-directory");
  private final int port = freePort();
  private final String adminPassword = "adm1n " + Secrets.random();
  private final Optional<ExternalDatabase> database;
  private final Map<String, String> settings;
  private Optional<Path> release = Optional.empty();
  private Program program;
  private Admin admin;

  /** Starts it, with a database of its own, and returns when it is ready for work. */
  ControlPlane() {
    this(Optional.empty(), Map.of());
  }

  /** As without arguments, with these environment variables as settings. */
  ControlPlane(Map<String, String> settings) {
    this(Optional.empty(), settings);
  }

  /** Starts it on a database that is not its own, and returns when it is ready for work. */
  ControlPlane(ExternalDatabase database) {
    this(Optional.of(database), Map.of());
  }

  /** One of several nodes on one database: they need the same key among their settings. */
  ControlPlane(ExternalDatabase database, Map<String, String> settings) {
    this(Optional.of(database), settings);
  }

  /** As one of several nodes, of another release than the one that was built. */
  ControlPlane(Path standaloneJar, ExternalDatabase database, Map<String, String> settings) {
    this(Optional.of(standaloneJar), Optional.of(database), settings);
  }

  private ControlPlane(Optional<ExternalDatabase> database, Map<String, String> settings) {
    this(Optional.empty(), database, settings);
  }

  private ControlPlane(
      Optional<Path> release, Optional<ExternalDatabase> database, Map<String, String> settings) {
    this.release = release;
    this.database = database;
    this.settings = settings;
    try {
      start();
    } catch (RuntimeException | Error e) {
      FailureReport.print();
      scratch.close();
      throw e;
    }
  }

  static int freePort() {
    while (true) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException e) {
        // somebody's; another one then
      }
    }
  }

  /** Starts it on its data; returns when it is ready for work. */
  void start() {
    ServerKind kind = ServerKind.chosen();
    Map<String, String> environment = new HashMap<>(kind.environment(port, data, database));
    environment.putAll(settings);
    List<String> command =
        release
            .map(jar -> Program.java("-jar", jar.toString()))
            .orElseGet(() -> kind.command(port, data, database));
    program = Program.startIn(workingDirectory, console, environment, command);
    awaitReady();
  }

  /** Its archive is replaced by the one that was built; it is used from the next start on. */
  void upgrade() {
    release = Optional.empty();
  }

  /** Waits until it is ready for work. */
  void awaitReady() {
    awaitReady(program, api());
  }

  /** Waits until a server that was just started is ready for work; it must not end meanwhile. */
  static void awaitReady(Program server, Api api) {
    await("the control plane is ready")
        .atMost(START_LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              assertThat(server.alive()).as("it runs; its console:\n" + server.output()).isTrue();
              return ready(api);
            });
  }

  private static boolean ready(Api api) {
    try {
      return api.get("/health/ready").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Stops it by SIGTERM. It must be quick about it and leave nothing behind. */
  void stop() {
    program.terminate();
    program.exitCode(ServerKind.chosen().stopLimit());
    assertThat(Processes.describe(Processes.of(scratch.folder())))
        .as("processes left by a clean stop")
        .isEmpty();
  }

  /** SIGKILL to the server; its database is left alone. */
  void kill() {
    Processes.killAll(scratch.folder(), process -> !Processes.isDatabase(process));
  }

  /** SIGSTOP to the server: its connections stay open, and nobody answers. */
  void freeze() {
    signal("STOP");
  }

  /** It goes on as if nothing had been. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    Processes.of(scratch.folder()).stream()
        .filter(process -> !Processes.isDatabase(process))
        .forEach(process -> command.add(Long.toString(process.pid())));
    Path log = scratch.folder().resolve("kill.log");
    assertThat(Program.run(log, Map.of(), command).exitCode()).isZero();
  }

  /** SIGKILL to the server and all that it had started, as when the machine loses its power. */
  void killEverything() {
    Processes.killAll(scratch.folder());
  }

  URI url() {
    return URI.create("http://localhost:" + port);
  }

  /** The API, asked by nobody in particular. */
  Api api() {
    return new Api(url());
  }

  /** The administrator, made and signed in at the first call. */
  synchronized Admin admin() {
    if (admin == null) {
      api()
          .post(
              "/api/v1/set-up",
              Json.createObjectBuilder()
                  .add("token", setUpToken())
                  .add("name", Admin.NAME)
                  .add("password", adminPassword)
                  .build())
          .expect(201);
      admin = new Admin(api(), adminPassword);
    }
    return admin;
  }

  /** Somebody else has made the administrator, as {@link Admin#NAME} with our password. */
  synchronized void adminWasMade() {
    admin = new Admin(api(), adminPassword);
  }

  /** What {@link #admin} signs in with. */
  String adminPassword() {
    return adminPassword;
  }

  /** The one-time token, from its file. */
  String setUpToken() {
    List<Path> found = Processes.files(data, "set-up-token");
    assertThat(found).as("files named set-up-token below " + data).hasSize(1);
    return Program.read(found.get(0)).strip();
  }

  /** Its data folder. */
  Path dataFolder() {
    return data;
  }

  /** Everything that it kept is gone. */
  void loseData() {
    Scratch.delete(data);
  }

  /** Where everything of it lies. */
  Path folder() {
    return scratch.folder();
  }

  /** What it prints. */
  Path console() {
    return console;
  }

  /** What it prints, and every log file that it writes. */
  List<Path> logs() {
    List<Path> logs = new ArrayList<>(Processes.files(data, "*.log*"));
    logs.add(console);
    return logs;
  }

  /** Stops it at once, and deletes all of it. It must have left nothing where it was started. */
  @Override
  public void close() {
    List<Path> left =
        Processes.files(workingDirectory, "*").stream()
            .filter(file -> !file.equals(workingDirectory))
            .toList();
    scratch.close();
    assertThat(left).as("files in the directory in which the control plane was started").isEmpty();
  }
}
