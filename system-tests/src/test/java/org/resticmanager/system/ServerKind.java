package org.resticmanager.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

  List<String> command(int port, Path data, Optional<ExternalDatabase> database) {
    if (this == STANDALONE) {
      return Program.java("-jar", Project.standaloneJar().toString());
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Project.root().resolve("ci/server").toString(),
                name().toLowerCase(Locale.ROOT),
                "--port",
                Integer.toString(port),
                "--data",
                data.toString()));
    database.ifPresent(given -> command.addAll(List.of("--database", given.url())));
    return command;
  }

  Map<String, String> environment(int port, Path data, Optional<ExternalDatabase> database) {
    Map<String, String> environment = new HashMap<>();
    if (this == STANDALONE) {
      environment.put("RESTIC_MANAGER_DATA_DIR", data.toString());
      environment.put("RESTIC_MANAGER_HTTP_PORT", Integer.toString(port));
      environment.put("RESTIC_MANAGER_HTTP_ADDRESS", "127.0.0.1");
      database.ifPresent(given -> environment.put("RESTIC_MANAGER_DATABASE_URL", given.url()));
    }
    database.ifPresent(
        given -> {
          environment.put("RESTIC_MANAGER_DATABASE_USER", ExternalDatabase.USER);
          environment.put("RESTIC_MANAGER_DATABASE_PASSWORD", given.password());
        });
    return environment;
  }
}
