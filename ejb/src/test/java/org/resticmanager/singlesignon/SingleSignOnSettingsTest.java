package org.resticmanager.singlesignon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node with these settings says when it starts. */
class SingleSignOnSettingsTest {

  private static final Map<String, String> GOOD =
      Map.of(
          "issuer", "https://sso.example/realms/all",
          "client-id", "restic-manager",
          "roles", "crew=operator");

  @Test
  void fewAreEnoughAndNoneAtAll() {
    Settings.of(GOOD).require();
    Settings.of(Map.of()).require();
  }

  /**
   * One setting that is not good, beside those that are.
   *
   * @param value null: it is not there
   * @param said what is to be read
   */
  record Bad(String name, String value, String said) {}

  static List<Bad> bad() {
    return List.of(
        new Bad("issuer", null, "client-id is set, but not which provider"),
        new Bad("issuer", "sso.example", "https://"),
        new Bad("issuer", "http://sso.example", "https://"),
        new Bad("issuer", "https://sso example", "issuer must be an address"),
        new Bad("issuer", "https://sso.example?realm=all", "issuer must be an address"),
        new Bad("client-id", null, "client-id must be set"),
        new Bad("roles", null, "roles must be set"),
        new Bad("roles", " ; ", "roles names no group"),
        new Bad("roles", "crew=root", "roles"),
        new Bad("roles", "crew=admin; crew=viewer", "names the group 'crew' twice"),
        new Bad("scopes", "profile email", "scopes must contain openid"),
        new Bad("sign-out", "everywhere", "sign-out must be provider or here"),
        new Bad("client-secret-file", "/nowhere/to/be/found", "client-secret-file cannot be read"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badOneIsSaid(Bad bad) {
    Map<String, String> values = new HashMap<>(GOOD);
    values.remove(bad.name());
    if (bad.value() != null) {
      values.put(bad.name(), bad.value());
    }

    assertThatThrownBy(Settings.of(values)::require)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(bad.said())
        .as("a server that does not start says the deepest cause")
        .hasNoCause();
  }

  @Test
  void secretIsInOnePlaceAndNeverSaid(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "hush\n");
    Map<String, String> values = new HashMap<>(GOOD);
    values.put("client-secret-file", file.toString());
    assertThat(Settings.of(values).clientSecret()).contains("hush");

    values.put("client-secret", "hush too");
    assertThatThrownBy(Settings.of(values)::require)
        .hasMessageContaining("both set")
        .hasMessageNotContaining("hush");
    values.remove("client-secret");
    Files.writeString(file, "\n");
    assertThatThrownBy(Settings.of(values)::require).hasMessageContaining("is empty");
  }

  @Test
  void addressOnThisMachineNeedsNoEncryption() {
    Map<String, String> values = new HashMap<>(GOOD);
    values.put("issuer", "http://localhost:8180/");
    assertThatCode(Settings.of(values)::require).doesNotThrowAnyException();
  }
}
