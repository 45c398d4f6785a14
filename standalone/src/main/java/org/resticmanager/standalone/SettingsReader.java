package org.resticmanager.standalone;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads {@link StandaloneSettings} from system properties, the environment and the settings file,
 * in this order.
 */
final class SettingsReader {
  private static final String DEFAULT_FILE = "restic-manager.properties";
  private static final String PREFIX = "restic-manager.";

  // MicroProfile Config's own ranks of the first two; a file beside the process is weaker than
  // both.
  private static final int SYSTEM_PROPERTIES_RANK = 400;
  private static final int ENVIRONMENT_RANK = 300;
  private static final int FILE_RANK = 250;

  private final Path workingDirectory;
  private final SmallRyeConfig config;
  private final Optional<Path> file;
  private final Map<String, String> fileValues;

  private SettingsReader(
      Path workingDirectory,
      SmallRyeConfig config,
      Optional<Path> file,
      Map<String, String> fileValues) {
    this.workingDirectory = workingDirectory;
    this.config = config;
    this.file = file;
    this.fileValues = fileValues;
  }

  /**
   * Finds the settings file and reads it.
   *
   * @param workingDirectory what relative paths are relative to
   * @throws StartFailure if the file is named but cannot be read, or is no properties file
   */
  static SettingsReader open(
      Path workingDirectory,
      Map<String, String> systemProperties,
      Map<String, String> environment) {
    var properties =
        new PropertiesConfigSource(
            systemProperties, "the system properties", SYSTEM_PROPERTIES_RANK);
    var variables = new EnvConfigSource(environment, ENVIRONMENT_RANK);
    SmallRyeConfig early = new SmallRyeConfigBuilder().withSources(properties, variables).build();
    Optional<Path> file =
        early
            .getOptionalValue(StandaloneSettings.CONFIG, String.class)
            .map(name -> existing(workingDirectory.resolve(name)))
            .or(() -> Optional.of(workingDirectory.resolve(DEFAULT_FILE)).filter(Files::exists));
    Map<String, String> fileValues = file.map(SettingsReader::load).orElse(Map.of());
    var fromFile =
        new PropertiesConfigSource(
            fileValues, file.map(Path::toString).orElse(DEFAULT_FILE), FILE_RANK);
    SmallRyeConfig config =
        new SmallRyeConfigBuilder().withSources(properties, variables, fromFile).build();
    return new SettingsReader(workingDirectory, config, file, fileValues);
  }

  private static Path existing(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StartFailure(StandaloneSettings.CONFIG + ": there is no file " + file);
    }
    return file;
  }

  private static Map<String, String> load(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartFailure("cannot read the settings file " + file + ": " + e.getMessage(), e);
    }
    Map<String, String> values = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (!name.startsWith(PREFIX)) {
        throw new StartFailure(
            "%s: \"%s\" is no setting of ours, they all begin with \"%s\""
                .formatted(file, name, PREFIX));
      }
      values.put(name, properties.getProperty(name).strip());
    }
    return values;
  }

  /** The settings file in use, absent if there is none. */
  Optional<Path> file() {
    return file;
  }

  /**
   * All settings, checked.
   *
   * @throws StartFailure naming the first setting that has a bad value, where it was set, and the
   *     reason
   */
  StandaloneSettings settings() {
    int port =
        value(
            StandaloneSettings.HTTP_PORT,
            StandaloneSettings.DEFAULT_HTTP_PORT,
            SettingsReader::port);
    Path dataDir =
        value(
            StandaloneSettings.DATA_DIR,
            StandaloneSettings.DEFAULT_DATA_DIR,
            text -> workingDirectory.resolve(text).toAbsolutePath().normalize());
    String address =
        value(
            StandaloneSettings.HTTP_ADDRESS,
            StandaloneSettings.DEFAULT_HTTP_ADDRESS,
            Function.identity());
    URI url = value(StandaloneSettings.URL, "http://localhost:" + port, SettingsReader::httpUrl);
    LogFormat logFormat = value(StandaloneSettings.LOG_FORMAT, "text", LogFormat::named);
    return new StandaloneSettings(dataDir, port, address, url, database(), logFormat);
  }

  private Optional<DatabaseAccess> database() {
    if (config.getOptionalValue(StandaloneSettings.DATABASE_URL, String.class).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DatabaseAccess(
            value(StandaloneSettings.DATABASE_URL, "", SettingsReader::jdbcUrl),
            value(
                StandaloneSettings.DATABASE_USER,
                StandaloneSettings.DEFAULT_DATABASE_USER,
                Function.identity()),
            value(StandaloneSettings.DATABASE_PASSWORD, "", Function.identity())));
  }

  /**
   * What the application, which reads system properties and the environment but not our file, must
   * find in system properties: every value of the file (or what overrides it) and those that we
   * settled.
   */
  Map<String, String> forApplication(StandaloneSettings settings) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : fileValues.keySet()) {
      config.getOptionalValue(name, String.class).ifPresent(value -> values.put(name, value));
    }
    values.put(StandaloneSettings.DATA_DIR, settings.dataDir().toString());
    values.put(StandaloneSettings.HTTP_PORT, Integer.toString(settings.httpPort()));
    values.put(StandaloneSettings.HTTP_ADDRESS, settings.httpAddress());
    values.put(StandaloneSettings.URL, settings.url().toString());
    return values;
  }

  private <T> T value(String name, String defaultValue, Function<String, T> parse) {
    ConfigValue found = config.getConfigValue(name);
    boolean set = found.getValue() != null && !found.getValue().isBlank();
    String text = set ? found.getValue() : defaultValue;
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "%s: %s%s".formatted(name, e.getMessage(), set ? " (set in " + place(found) + ")" : ""),
          e);
    }
  }

  private String place(ConfigValue found) {
    return switch (found.getConfigSourceOrdinal()) {
      case SYSTEM_PROPERTIES_RANK -> "a system property";
      case ENVIRONMENT_RANK -> "the environment";
      default -> file.map(Path::toString).orElse(DEFAULT_FILE);
    };
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of range
    }
    throw new IllegalArgumentException("\"" + text + "\" is not a port, 1 to 65535");
  }

  private static URI httpUrl(String text) {
    try {
      URI url = new URI(text.strip());
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // told below, like another scheme
    }
    throw new IllegalArgumentException("\"" + text + "\" is not an http:// or https:// URL");
  }

  private static String jdbcUrl(String text) {
    if (!text.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("not a jdbc:postgresql: URL");
    }
    // It is shown at start and stands in logs, and it would override the other two settings.
    if (text.matches(".*[?&](user|password)=.*") || text.contains("@")) {
      throw new IllegalArgumentException(
          "user and password do not belong into the URL but into %s and %s"
              .formatted(StandaloneSettings.DATABASE_USER, StandaloneSettings.DATABASE_PASSWORD));
    }
    return text;
  }

  /** The environment and system properties of this process, as maps. */
  static SettingsReader openForThisProcess() {
    Map<String, String> systemProperties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      systemProperties.put(name, System.getProperty(name));
    }
    return open(Path.of("").toAbsolutePath(), systemProperties, System.getenv());
  }
}
