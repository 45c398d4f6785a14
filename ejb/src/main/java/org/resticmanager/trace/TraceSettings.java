package org.resticmanager.trace;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The settings of traces, read through MicroProfile Config as those of the control plane. */
@ApplicationScoped
public class TraceSettings {

  static final String URL = "restic-manager.traces.url";
  static final String AUTHORIZATION_FILE = "restic-manager.traces.authorization-file";

  private final Config config;

  @Inject
  TraceSettings(Config config) {
    this.config = config;
  }

  /** For the container's proxies. */
  protected TraceSettings() {
    this(null);
  }

  /**
   * {@code restic-manager.traces.url}: where an OpenTelemetry collector takes traces by OTLP over
   * HTTP, as in {@code http://collector:4318/v1/traces}. Default: none, and no traces.
   *
   * @throws IllegalStateException if it is no such address
   */
  Optional<URI> url() {
    return config.getOptionalValue(URL, String.class).map(TraceSettings::address);
  }

  private static URI address(String text) {
    try {
      URI address = new URI(text.strip());
      if (address.getHost() != null
          && address.getUserInfo() == null
          && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
        return address;
      }
    } catch (URISyntaxException e) {
      // as every other
    }
    throw new IllegalStateException(
        URL
            + " must be an address without user and password, as in"
            + " http://collector:4318/v1/traces");
  }

  /**
   * {@code restic-manager.traces.authorization-file}: a file with what is sent to the collector as
   * the header {@code Authorization}, as in {@code Bearer …}. It is read for each trace, so it may
   * be replaced. Default: none, and no such header.
   *
   * @throws IllegalStateException if it cannot be read
   */
  Optional<String> authorization() {
    return config.getOptionalValue(AUTHORIZATION_FILE, String.class).map(TraceSettings::content);
  }

  private static String content(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalStateException(AUTHORIZATION_FILE + " cannot be read: " + file, e);
    }
  }
}
