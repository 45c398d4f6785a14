package org.resticmanager.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the control plane runs on; chosen by {@code -Dsystem.server=NAME}. */
enum ServerKind {
  /** The one runnable file with its own database. */
  STANDALONE,
  /** The EAR with an external database, as {@code ci/server} sets it up. */
  WILDFLY,
  LIBERTY,
  PAYARA;

  static ServerKind chosen() {
    return valueOf(System.getProperty("system.server", "standalone").toUpperCase(Locale.ROOT));
  }

  /** A stop that takes longer is not clean: service managers lose patience. */
  Duration stopLimit() {
    return Duration.ofSeconds(this == STANDALONE ? 15 : 90);
  }

  List<String> command(int port, Path data) {
    return this == STANDALONE
        ? Program.java("-jar", Project.standaloneJar().toString())
        : List.of(
            Project.root().resolve("ci/server").toString(),
            name().toLowerCase(Locale.ROOT),
            "--port",
            Integer.toString(port),
            "--data",
            data.toString());
  }

  Map<String, String> environment(int port, Path data) {
    return this == STANDALONE
        ? Map.of(
            "RESTIC_MANAGER_DATA_DIR",
            data.toString(),
            "RESTIC_MANAGER_HTTP_PORT",
            Integer.toString(port),
            "RESTIC_MANAGER_HTTP_ADDRESS",
            "127.0.0.1")
        : Map.of();
  }
}
