package org.resticmanager.singlesignon;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

  /** Those that say something of a provider, and so want one. */
  private static final List<String> OF_A_PROVIDER =
      List.of(
          "client-id",
          "client-secret",
          "client-secret-file",
          "scopes",
          "groups-claim",
          "roles",
          "sign-out",
          "name");

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
   * Returns if they make sense, each and together. Whether the provider answers is another matter:
   * it may come later.
   *
   * @throws IllegalStateException if they do not; the message says so to the administrator
   */
  void require() {
    if (!present()) {
      OF_A_PROVIDER.stream()
          .filter(name -> text(name).isPresent())
          .findFirst()
          .ifPresent(
              name -> {
                throw new IllegalStateException(
                    PREFIX
                        + name
                        + " is set, but not which provider it is for: set it in "
                        + PREFIX
                        + "issuer, or take it away");
              });
      return;
    }
    issuer();
    clientId();
    clientSecret();
    scopes();
    roles();
    signsOutThere();
  }

  /**
   * {@code restic-manager.oidc.issuer}: the provider's address, as it calls itself. Default: none,
   * and no single sign-on.
   */
  public String issuer() {
    String issuer = required("issuer");
    try {
      URI address = SafeAddress.require(new URI(issuer));
      if (address.getRawQuery() == null && address.getRawFragment() == null) {
        return issuer;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalStateException(
        PREFIX + "issuer must be an address such as https://sso.example.com, not '" + issuer + "'");
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
    Optional<String> file = text("client-secret-file");
    Optional<String> secret = text("client-secret");
    if (file.isPresent() && secret.isPresent()) {
      throw new IllegalStateException(
          PREFIX + "client-secret and " + PREFIX + "client-secret-file are both set: keep one");
    }
    return file.map(SingleSignOnSettings::read).or(() -> secret);
  }

  /** {@code restic-manager.oidc.scopes}: what we ask for. Default: {@code openid profile email}. */
  public List<String> scopes() {
    List<String> scopes = List.of(text("scopes").orElse("openid profile email").split("[ ,]+"));
    if (!scopes.contains("openid")) {
      throw new IllegalStateException(
          PREFIX + "scopes must contain openid: without it no provider says who signs in");
    }
    return scopes;
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

  /**
   * {@code restic-manager.oidc.sign-out}: whether who signs out here is led on to the provider, to
   * sign out there too ({@code provider}), or not ({@code here}). Default: {@code provider}.
   */
  public boolean signsOutThere() {
    String where = text("sign-out").orElse("provider");
    return switch (where) {
      case "provider" -> true;
      case "here" -> false;
      default ->
          throw new IllegalStateException(
              PREFIX + "sign-out must be provider or here, not '" + where + "'");
    };
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
      String secret = Files.readString(Path.of(file)).strip();
      if (!secret.isEmpty()) {
        return secret;
      }
    } catch (IOException | InvalidPathException e) {
      throw new IllegalStateException(PREFIX + "client-secret-file cannot be read: " + e);
    }
    throw new IllegalStateException(PREFIX + "client-secret-file is empty: " + file);
  }
}
