package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other sites can make a browser do here: nothing. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class OtherSitesTest {

  private static final String GUESS = "{\"name\":\"nobody\",\"password\":\"nothing\"}";

  private ControlPlane controlPlane;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
  }

  private Api.Reply signIn(Map<String, String> headers) {
    return controlPlane.api().send("POST", "/api/v1/sign-in", Optional.of(GUESS), headers);
  }

  @Test
  void aRequestThatAnotherSitesPageMakesIsTurnedAway() {
    for (String site : new String[] {"cross-site", "same-site"}) {
      Api.Reply reply = signIn(Map.of("Sec-Fetch-Site", site)).expect(403);
      assertThat(reply.contentType()).isEqualTo("application/problem+json");
      assertThat(reply.json().getString("code")).isEqualTo("other-site");
    }
    signIn(Map.of("Origin", "https://evil.example")).expect(403);
    signIn(Map.of("Origin", "null")).expect(403);
    controlPlane
        .api()
        .send("POST", "/sign-in.xhtml", Optional.of(""), Map.of("Sec-Fetch-Site", "cross-site"))
        .expect(403);
  }

  @Test
  void ourOwnPagesAndProgramsAreNot() {
    signIn(Map.of("Sec-Fetch-Site", "same-origin")).expect(401);
    signIn(Map.of("Origin", controlPlane.url().toString())).expect(401);
    signIn(Map.of()).expect(401);
  }

  /** What it says counts by its signature: but there is nobody to say anything. */
  @Test
  void anIdentityProviderMayCallFromElsewhere() {
    controlPlane
        .api()
        .send(
            "POST",
            "/single-sign-on/back-channel-logout",
            Optional.of("logout_token=x"),
            Map.of("Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"))
        .expect(404);
    controlPlane
        .api()
        .send(
            "POST",
            "/single-sign-on/begin",
            Optional.of(""),
            Map.of("Sec-Fetch-Site", "cross-site"))
        .expect(403);
  }

  @Test
  void aTokenIsNoCookie() {
    controlPlane
        .admin()
        .api()
        .send(
            "POST",
            "/api/v1/enrolment-tokens",
            Optional.empty(),
            Map.of("Sec-Fetch-Site", "cross-site"))
        .expect(201);
  }

  /** What a browser adds by itself, as for a proxy that asks for a password, is no token. */
  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "Negotiate YTpi", "Bearer", ""})
  void norIsWhatABrowserSendsToAProxyAToken(String authorization) {
    signIn(Map.of("Sec-Fetch-Site", "cross-site", "Authorization", authorization)).expect(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sign-in.xhtml", "/api/v1/hosts", "/health/live"})
  void everyAnswerTellsBrowsersToTakeCare(String path) {
    Api.Reply reply = controlPlane.api().get(path);
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(reply.header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(reply.header("Strict-Transport-Security"))
        .as("without encryption, and nobody trusted says otherwise")
        .isEmpty();
  }

  @Test
  void aPageRunsNoScriptButOurs() {
    String policy =
        controlPlane.api().get("/sign-in.xhtml").expect(200).header("Content-Security-Policy");
    assertThat(policy).contains("default-src 'self'").contains("frame-ancestors 'none'");
    String scripts = policy.substring(policy.indexOf("script-src"));
    assertThat(scripts).contains("'nonce-").doesNotContain("unsafe-inline", "unsafe-eval", "*");
    assertThat(controlPlane.api().get("/api/v1/hosts").header("Content-Security-Policy"))
        .startsWith("default-src 'none'");
  }

  @Test
  void strangersCannotSayWhereTheyComeFrom() {
    Api.Reply reply =
        signIn(Map.of("X-Forwarded-For", "198.51.100.7", "X-Forwarded-Proto", "https"));
    assertThat(reply.header("Strict-Transport-Security")).isEmpty();
    String newest =
        controlPlane
            .admin()
            .api()
            .get("/api/v1/audit-events?action=sign-in.refused&actor=nobody&limit=1")
            .expect(200)
            .json()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("address");
    assertThat(newest).isNotEqualTo("198.51.100.7");
  }

  @Test
  void aBodyThatNobodyNeedsIsRefused() {
    String large = "{\"name\":\"" + "x".repeat(5 << 20) + "\"}";
    Api.Reply reply = controlPlane.api().send("POST", "/api/v1/sign-in", Optional.of(large));
    assertThat(reply.expect(413).contentType()).isEqualTo("application/problem+json");
  }

  @Test
  void nulInAnAddressIsABadRequestAndNoFailure() {
    Api admin = controlPlane.admin().api();
    Api.Reply reply = admin.get("/api/v1/audit-events?actor=%00").expect(400);
    assertThat(reply.json().getString("code")).isEqualTo("malformed");
    admin.get("/api/v1/hosts?q=%00").expect(400);
    controlPlane.api().get("/sign-in.xhtml?from=%00").expect(400);
  }

  /** A scanner sends such forms, and a browser without scripts. */
  @Test
  void formWithoutItsPagesScriptIsABadRequestAndNoFailure() {
    controlPlane
        .api()
        .send(
            "POST",
            "/sign-in.xhtml",
            Optional.of("jakarta.faces.ViewState=long-gone"),
            Map.of("Content-Type", "application/x-www-form-urlencoded"))
        .expect(400);
  }
}
