package org.resticmanager.standalone;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What can be set for the standalone control plane. Each setting may stand, the first found wins,
 *
 * <ol>
 *   <li>in a system property ({@code java -Drestic-manager.http.port=8081 -jar …}),
 *   <li>in the environment ({@code RESTIC_MANAGER_HTTP_PORT}),
 *   <li>in {@code restic-manager.properties} in the working directory, or in the file that {@code
 *       -Drestic-manager.config=FILE} or {@code RESTIC_MANAGER_CONFIG} names.
 * </ol>
 *
 * Further {@code restic-manager.*} settings in that file reach the application too.
 *
 * @param dataDir {@code restic-manager.data-dir}: the folder that holds everything which is kept:
 *     the embedded database, logs, keys. Created with rights for its owner only. Default {@code
 *     restic-manager-data} in the working directory. Absolute here.
 * @param httpPort {@code restic-manager.http.port}: where browsers, agents and the API connect, 1
 *     to 65535. Default 8080.
 * @param httpAddress {@code restic-manager.http.address}: the address to listen on. Default {@code
 *     0.0.0.0}, all of them, because agents on other machines have to reach it; {@code 127.0.0.1}
 *     behind a reverse proxy on the same machine.
 * @param url {@code restic-manager.url}: how browsers and agents reach it, put into install lines
 *     and links. Default {@code http://localhost:}<i>port</i>, which is right for this machine
 *     only.
 * @param database {@code restic-manager.database.url} ({@code jdbc:postgresql://host/name}, without
 *     user and password), {@code restic-manager.database.user} (default {@code restic_manager}) and
 *     {@code restic-manager.database.password} (default none). Absent if there is no URL: then the
 *     embedded PostgreSQL is used.
 * @param logFormat {@code restic-manager.log.format}: {@code text} for people, or {@code json}: an
 *     object in each line, with the ids of hosts and jobs. Default {@code text}.
 */
record StandaloneSettings(
    Path dataDir,
    int httpPort,
    String httpAddress,
    URI url,
    Optional<DatabaseAccess> database,
    LogFormat logFormat) {
  static final String CONFIG = "restic-manager.config";
  static final String DATA_DIR = "restic-manager.data-dir";
  static final String HTTP_PORT = "restic-manager.http.port";
  static final String HTTP_ADDRESS = "restic-manager.http.address";
  static final String URL = "restic-manager.url";
  static final String LOG_FORMAT = "restic-manager.log.format";
  static final String DATABASE_URL = "restic-manager.database.url";
  static final String DATABASE_USER = "restic-manager.database.user";
  static final String DATABASE_PASSWORD = "restic-manager.database.password";

  static final String DEFAULT_DATA_DIR = "restic-manager-data";
  static final String DEFAULT_HTTP_PORT = "8080";
  static final String DEFAULT_HTTP_ADDRESS = "0.0.0.0";
  static final String DEFAULT_DATABASE_USER = "restic_manager";

  StandaloneSettings {
    requireNonNull(dataDir, DATA_DIR);
    requireNonNull(httpAddress, HTTP_ADDRESS);
    requireNonNull(url, URL);
    requireNonNull(database, DATABASE_URL);
    requireNonNull(logFormat, LOG_FORMAT);
    if (!dataDir.isAbsolute()) {
      throw new IllegalArgumentException(DATA_DIR + " must be absolute here: " + dataDir);
    }
  }
}
