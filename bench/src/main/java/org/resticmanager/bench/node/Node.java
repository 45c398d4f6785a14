package org.resticmanager.bench.node;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.bench.Jdk;

/**
 * One control plane as its operator starts it: the runnable file on an empty folder with its
 * default settings, and with the PostgreSQL that it brings unless it is given another. Its JVM gets
 * the options in {@code RM_BENCH_NODE_OPTIONS}, for a profile.
 */
public final class Node implements AutoCloseable {

  private final Path jar;
  private final String key;
  private final Optional<NodeDatabase> given;
  private final Path folder;
  private final URI url;
  private final int port;
  private volatile Process process;
  private Duration startTook;
  private final Thread stop = new Thread(this::stop);
  private final Api admin;

  /**
   * Starts it; returns when it is ready and has an administrator.
   *
   * @param jar the runnable file
   */
  public Node(Path jar) throws IOException, InterruptedException {
    this(jar, newKey(), Optional.empty(), Optional.empty());
  }

  /** The first node on a database that is empty. */
  public Node(Path jar, NodeDatabase database) throws IOException, InterruptedException {
    this(jar, newKey(), Optional.of(database), Optional.empty());
  }

  /** Starts another node on the database of this one; returns when it is ready. */
  public Node another() throws IOException, InterruptedException {
    return new Node(jar, key, Optional.of(database()), Optional.of(admin.token()));
  }

  private static String newKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private Node(Path jar, String key, Optional<NodeDatabase> given, Optional<String> adminToken)
      throws IOException, InterruptedException {
    this.jar = jar;
    this.key = key;
    this.given = given;
    folder = Files.createTempDirectory("restic-manager-bench");
    port = freePort();
    url = URI.create("http://127.0.0.1:" + port);
    Runtime.getRuntime().addShutdownHook(stop);
    start();
    admin = adminToken.isPresent() ? new Api(url, adminToken.get()) : setUp();
  }

  /** Starts it again, once it was stopped or killed; returns when it is ready. */
  public void start() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(jar)).directory(folder.toFile());
    builder.environment().put("RESTIC_MANAGER_DATA_DIR", data().toString());
    builder.environment().put("RESTIC_MANAGER_HTTP_PORT", Integer.toString(port));
    builder.environment().put("RESTIC_MANAGER_HTTP_ADDRESS", "127.0.0.1");
    builder.environment().put("RESTIC_MANAGER_SECRET_KEY", key);
    given.ifPresent(database -> builder.environment().putAll(database.settings()));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("console").toFile());
    long begun = System.nanoTime();
    process = builder.start();
    Readiness.await(url.resolve("/health/ready"), process, folder.resolve("console"));
    startTook = Duration.ofNanos(System.nanoTime() - begun);
  }

  /** How long it took the last time, from its process's beginning until it was ready. */
  public Duration startTook() {
    return startTook;
  }

  /** As a crash would end it; the database that it brought lives on. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private static List<String> command(Path jar) {
    List<String> command = new ArrayList<>();
    command.add(Jdk.tool("java"));
    String options = System.getenv().getOrDefault("RM_BENCH_NODE_OPTIONS", "");
    command.addAll(options.lines().flatMap(line -> List.of(line.split(" ", -1)).stream()).toList());
    command.removeIf(String::isEmpty);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Api setUp() throws IOException {
    String password = UUID.randomUUID().toString();
    JsonObject credentials =
        Json.createObjectBuilder().add("name", "admin").add("password", password).build();
    JsonObject firstAdmin =
        Json.createObjectBuilder(credentials)
            .add("token", Files.readString(data().resolve("set-up-token")).strip())
            .build();
    Api nobody = new Api(url, "");
    nobody.post("/api/v1/set-up", firstAdmin, 201);
    return new Api(url, nobody.post("/api/v1/sign-in", credentials, 200).getString("token"));
  }

  public URI url() {
    return url;
  }

  /** The API as its administrator. */
  public Api admin() {
    return admin;
  }

  Path data() {
    return folder.resolve("data");
  }

  /** For files of the benchmark that go with it. */
  public Path folder() {
    return folder;
  }

  /** Its JVM, without its database. */
  public long pid() {
    return process.pid();
  }

  /** Its database. */
  public NodeDatabase database() throws IOException {
    return given.isPresent() ? given.get() : NodeDatabase.of(data());
  }

  /** Stops it in order, and the database that it brought. */
  public void stop() {
    if (process != null) {
      OrderlyEnd.of(process);
    }
  }

  /** Stops it and deletes its folder. */
  @Override
  public void close() throws IOException {
    stop();
    Runtime.getRuntime().removeShutdownHook(stop);
    Folders.delete(folder);
  }
}
