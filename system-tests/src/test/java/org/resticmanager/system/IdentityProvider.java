package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real identity provider ({@code oidc-provider}, certified by the OpenID Foundation). Who signs
 * in there as {@code GROUP.NAME} is NAME, and in that group.
 */
final class IdentityProvider implements AutoCloseable {

  private final Scratch scratch = new Scratch("identity-provider");
  private final int port = ControlPlane.freePort();
  private final String clientSecret = Secrets.random();
  private Program program;

  /** The settings of a control plane that trusts it. */
  Map<String, String> settings() {
    return new HashMap<>(
        Map.of(
            "RESTIC_MANAGER_OIDC_ISSUER", url().toString(),
            "RESTIC_MANAGER_OIDC_CLIENT_ID", "restic-manager",
            "RESTIC_MANAGER_OIDC_CLIENT_SECRET", clientSecret,
            "RESTIC_MANAGER_OIDC_ROLES", "crew=operator; admins=admin",
            "RESTIC_MANAGER_OIDC_NAME", "Example ID"));
  }

  /** Where a browser that is signed in there signs out. */
  String signOutAddress() {
    return url() + "/session/end";
  }

  private URI url() {
    return URI.create("http://localhost:" + port);
  }

  /** Starts it for one control plane; returns when it answers. */
  void startFor(ControlPlane controlPlane) {
    Path script =
        Project.root().resolve("system-tests/src/test/resources/identity-provider/provider.mjs");
    program =
        Program.start(
            scratch.folder().resolve("provider.log"),
            Map.of(
                "OIDC_PROVIDER", Project.oidcProvider().toString(), "CLIENT_SECRET", clientSecret),
            List.of(
                "node", script.toString(), Integer.toString(port), controlPlane.url().toString()));
    await("the identity provider answers").atMost(Duration.ofMinutes(1)).until(this::answers);
  }

  private boolean answers() {
    try {
      return new Api(url()).get("/.well-known/openid-configuration").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    if (program != null) {
      program.kill();
    }
    scratch.close();
  }
}
