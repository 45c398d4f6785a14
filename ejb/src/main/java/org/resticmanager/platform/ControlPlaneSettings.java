package org.resticmanager.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the control plane, read through MicroProfile Config: a system property, an
 * environment variable ({@code RESTIC_MANAGER_DATA_DIR} for {@code restic-manager.data-dir}) or the
 * standalone server's file.
 */
@ApplicationScoped
public class ControlPlaneSettings {

  @Inject private Config config;

  /**
   * {@code restic-manager.data-dir}: where this node keeps the secret key and the set-up token, as
   * an absolute path. Default: {@code .restic-manager} in the home of the server's user. Nodes that
   * share a database must share the key in it.
   */
  public Path dataDir() {
    return text("restic-manager.data-dir")
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".restic-manager"))
        .toAbsolutePath();
  }

  /**
   * {@code restic-manager.url}: the address at which people and agents reach the control plane,
   * without a slash at the end. Default: {@code http://localhost:8080}.
   */
  public String url() {
    return text("restic-manager.url").orElse("http://localhost:8080").replaceAll("/+$", "");
  }

  /** The version of the product, from the archive; for {@code welcome} and the pages. */
  public String version() {
    return Optional.ofNullable(getClass().getPackage().getImplementationVersion())
        .orElse("development");
  }

  private Optional<String> text(String name) {
    return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
  }
}
