package org.resticmanager.singlesignon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.user.ProviderLogout;

class LogoutTokensTest {

  /** Kept, or its handlers would be forgotten. */
  private static final Logger LOG = Logger.getLogger(LogoutTokens.class.getName());

  private final PlayedProvider played = new PlayedProvider();
  private final SingleSignOnSettings settings =
      Settings.of(Map.of("issuer", played.issuer(), "client-id", "restic-manager"));
  private final LogoutTokens tokens = new LogoutTokens(new Discovery(settings));

  LogoutTokensTest() throws IOException {}

  @AfterEach
  void stop() {
    played.close();
  }

  private ProviderLogout read(String form) {
    return tokens.read(form, Instant.now());
  }

  @Test
  void goodOneSaysWhoHasLeftWhichSession() {
    ProviderLogout logout = read(played.logout());

    assertThat(logout.issuer()).isEqualTo(played.issuer());
    assertThat(logout.subject()).contains("anna-1");
    assertThat(logout.session()).contains("session-1");
    assertThat(logout.expiresAt())
        .as("so long it would be believed again")
        .isAfter(Instant.now().plusSeconds(120));
    assertThat(read(played.logout()).id()).isNotEqualTo(logout.id());
  }

  @Test
  void oneOfTheTwoIsEnough() {
    played.saysOfLogout("sid", null);
    assertThat(read(played.logout()).session()).isEmpty();
    played.saysOfLogout("sid", "session-1");
    played.saysOfLogout("sub", null);
    assertThat(read(played.logout()).subject()).isEmpty();
  }

  /** Each is one lie in a token that is good but for it. */
  static List<Lie> lies() {
    Instant now = Instant.now();
    return List.of(
        new Lie("names nobody", says("sub", null, "sid", null)),
        new Lie("names an empty person", says("sub", "")),
        new Lie("another issuer", says("iss", "https://evil.example")),
        new Lie("for another client", says("aud", "another")),
        new Lie("expired", says("exp", now.minusSeconds(300).getEpochSecond())),
        new Lie("never expires", says("exp", null)),
        new Lie("good for a year", says("exp", now.plusSeconds(31_536_000).getEpochSecond())),
        new Lie("of tomorrow", says("iat", now.plusSeconds(3_600).getEpochSecond())),
        new Lie("of no time", says("iat", null)),
        new Lie("cannot be told from another", says("jti", null)),
        new Lie("with a long id", says("jti", "x".repeat(501))),
        new Lie("of nothing", says("events", null)),
        new Lie("of something else", says("events", Map.of("https://example/lunch", Map.of()))),
        new Lie("with a nonce, as if it let somebody in", says("nonce", "n")),
        new Lie("another key", PlayedProvider::signsWithAnotherKey),
        new Lie("not signed", PlayedProvider::doesNotSign));
  }

  private static Consumer<PlayedProvider> says(String claim, Object value) {
    return played -> played.saysOfLogout(claim, value);
  }

  private static Consumer<PlayedProvider> says(
      String claim, Object value, String other, Object otherValue) {
    return says(claim, value).andThen(says(other, otherValue));
  }

  record Lie(String name, Consumer<PlayedProvider> told) {

    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("lies")
  void lieIsRefused(Lie lie) {
    lie.told().accept(played);

    assertRefused(played.logout());
  }

  @Test
  void tokenThatLetsSomebodyInSignsNobodyOut() {
    IdentityProviderTest.letAnnaIn(played);

    assertRefused(played.logoutByIdToken());
  }

  @Test
  void whatIsNoTokenIsRefused() {
    for (String form :
        List.of("", "logout_token=", "logout_token=x", "logout_token=a.b.c", "x=y", "%", "=&=")) {
      assertRefused(form);
    }
  }

  /** Whoever writes a line of the log would be believed by who reads it. */
  @Test
  void whatIsRefusedWritesNoLineOfItsOwnIntoTheLog() {
    List<LogRecord> logged = new ArrayList<>();
    Handler listener = listener(logged);
    LOG.addHandler(listener);
    try {
      assertRefused(
          "logout_token=" + withKeyOf("x\n2026-05-01 SEVERE all is lost " + "y".repeat(5000)));
    } finally {
      LOG.removeHandler(listener);
    }

    assertThat(logged).hasSize(1);
    assertThat(new SimpleFormatter().formatMessage(logged.get(0)))
        .contains("all is lost")
        .hasLineCount(1)
        .hasSizeLessThan(1000);
  }

  private static String withKeyOf(String type) {
    String header =
        JSONObjectUtils.toJSONString(Map.of("alg", "RS256", "jwk", Map.of("kty", type)));
    return Stream.of(header, "{\"iss\":\"x\"}", "x")
        .map(part -> Base64URL.encode(part).toString())
        .collect(Collectors.joining("."));
  }

  private static Handler listener(List<LogRecord> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        logged.add(entry);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private void assertRefused(String form) {
    assertThatThrownBy(() -> read(form))
        .isInstanceOfSatisfying(
            NotLetIn.class, e -> assertThat(e.code()).isEqualTo("logout-refused"));
  }
}
