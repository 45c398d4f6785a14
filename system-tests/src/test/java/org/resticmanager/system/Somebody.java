package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;

/**
 * A person with a password, and signed in.
 *
 * @param id the person
 * @param api as whom they ask
 */
record Somebody(String id, String name, String password, Api api) {

  /**
   * Adds the person, who chooses a password.
   *
   * @param hostTags they see the hosts with one of them; none: every host
   */
  static Somebody as(ControlPlane controlPlane, String role, String... hostTags) {
    String name = role + " " + Secrets.random();
    JsonObject invitation =
        controlPlane
            .admin()
            .api()
            .post(
                "/api/v1/people",
                Json.createObjectBuilder()
                    .add("name", name)
                    .add("role", role)
                    .add("hostTags", Json.createArrayBuilder(List.of(hostTags)))
                    .build())
            .expect(201)
            .json();
    String password = "own " + Secrets.random();
    controlPlane
        .api()
        .post(
            "/api/v1/set-password",
            Json.createObjectBuilder()
                .add("token", token(invitation.getString("link")))
                .add("password", password)
                .build())
        .expect(200);
    return new Somebody(
        invitation.getJsonObject("person").getString("id"),
        name,
        password,
        signIn(controlPlane, name, password));
  }

  static Api signIn(ControlPlane controlPlane, String name, String password) {
    Api anybody = controlPlane.api();
    return anybody.withToken(
        anybody
            .post(
                "/api/v1/sign-in",
                Json.createObjectBuilder().add("name", name).add("password", password).build())
            .expect(200)
            .json()
            .getString("token"));
  }

  /** What stands behind the {@code #} of a set-up link. */
  static String token(String link) {
    URI address = URI.create(link);
    assertThat(address.getPath()).isEqualTo("/set-password.xhtml");
    assertThat(address.getQuery()).isNull();
    return address.getFragment().substring("token=".length());
  }
}
