package org.resticmanager.singlesignon;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of single sign-on, read through MicroProfile Config as those of the control plane.
 */
@ApplicationScoped
public class SingleSignOnSettings {

  private static final String PREFIX = "restic-manager.oidc.";

  private final Config config;

  @Inject
  SingleSignOnSettings(Config config) {
    this.config = config;
  }

  /** For the container's proxies. */
  protected SingleSignOnSettings() {
    this(null);
  }

  /** Whether there is an identity provider. */
  public boolean present() {
    return text("issuer").isPresent();
  }

  /**
   * {@code restic-manager.oidc.issuer}: the provider's address, as it calls itself. Default: none,
   * and no single sign-on.
   */
  public String issuer() {
    String issuer = required("issuer");
    SafeAddress.require(URI.create(issuer));
    return issuer;
  }

  /** {@code restic-manager.oidc.client-id}: what the provider calls us. */
  public String clientId() {
    return required("client-id");
  }

  /**
   * {@code restic-manager.oidc.client-secret-file}, a file with the secret, or {@code
   * restic-manager.oidc.client-secret}, the secret itself. Default: none, for a public client.
   */
  public Optional<String> clientSecret() {
    return text("client-secret-file")
        .map(SingleSignOnSettings::read)
        .or(() -> text("client-secret"));
  }

  /** {@code restic-manager.oidc.scopes}: what we ask for. Default: {@code openid profile email}. */
  public List<String> scopes() {
    return List.of(text("scopes").orElse("openid profile email").split("[ ,]+"));
  }

  /** {@code restic-manager.oidc.groups-claim}: where the groups stand. Default: {@code groups}. */
  public String groupsClaim() {
    return text("groups-claim").orElse("groups");
  }

  /**
   * {@code restic-manager.oidc.roles}: the role of each group, as in {@code backup-admins=admin;
   * backup-crew=operator}. Who is in none of them is not let in.
   */
  public GroupRoles roles() {
    return GroupRoles.parse(required("roles"));
  }

  /** {@code restic-manager.oidc.name}: the provider's name, for the button. Default: its host. */
  public String name() {
    return text("name").orElseGet(() -> URI.create(issuer()).getHost());
  }

  private String required(String name) {
    return text(name).orElseThrow(() -> new IllegalStateException(PREFIX + name + " must be set"));
  }

  private Optional<String> text(String name) {
    return config
        .getOptionalValue(PREFIX + name, String.class)
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(PREFIX + "client-secret-file cannot be read", e);
    }
  }
}
