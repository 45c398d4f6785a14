package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL that an operator runs: a real one, on a port that stays the same. */
final class ExternalDatabase implements AutoCloseable {

  static final String USER = "restic_manager";

  private final Scratch scratch;
  private final Path folder;
  private final int port;
  private final String url;

  /** Made and started. */
  ExternalDatabase() {
    scratch = new Scratch("database");
    folder = scratch.newFolder("database");
    port = ControlPlane.freePort();
    url = start();
  }

  private ExternalDatabase(ExternalDatabase same, String otherUrl) {
    scratch = same.scratch;
    folder = same.folder;
    port = same.port;
    url = otherUrl;
  }

  /** The same for who comes to it by this URL; it is closed with this one. */
  ExternalDatabase by(String otherUrl) {
    return new ExternalDatabase(this, otherUrl);
  }

  /** Where it is, without user and password. */
  String url() {
    return url;
  }

  String password() {
    return Program.read(folder.resolve("password")).strip();
  }

  /** Starts it on its data; returns when it takes connections. */
  String start() {
    return call("start", Integer.toString(port)).strip();
  }

  /** In order, as an operator would. */
  void stop() {
    call("stop");
  }

  /** SIGKILL to all of it. */
  void kill() {
    Processes.killAll(folder);
  }

  /** SIGSTOP to all of it: connections stay open, and nobody answers. */
  void freeze() {
    signal("STOP");
  }

  /** It goes on as if nothing had been. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    Processes.of(folder).forEach(process -> command.add(Long.toString(process.pid())));
    assertThat(Program.run(log("kill"), Map.of(), command).exitCode()).isZero();
  }

  /** What a query finds, a line for each row, its columns parted by bars. */
  List<String> query(String sql) {
    Program.Ended ended =
        Program.run(
            log("query"),
            Map.of("PGPASSWORD", password()),
            List.of(
                "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-U", USER, "-c", sql, url.substring(5)));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output().lines().toList();
  }

  private String call(String verb, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Project.root().resolve("ci/database").toString());
    command.add(verb);
    command.add(folder.toString());
    command.addAll(List.of(arguments));
    Program.Ended ended = Program.run(log(verb), Map.of(), command);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private Path log(String verb) {
    return scratch.folder().resolve("database-" + verb + ".log");
  }

  @Override
  public void close() {
    stop();
    scratch.close();
  }
}
