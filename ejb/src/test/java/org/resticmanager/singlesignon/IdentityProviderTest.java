package org.resticmanager.singlesignon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resticmanager.platform.ControlPlaneSettings;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.user.ProviderIdentity;

class IdentityProviderTest {

  private final PlayedProvider played = new PlayedProvider();
  private final IdentityProvider provider =
      provider(
          Map.of(
              "issuer", played.issuer(), "client-id", "restic-manager", "client-secret", "hush"));

  IdentityProviderTest() throws IOException {}

  @AfterEach
  void stop() {
    played.close();
  }

  /** Until it has an ID token for her. */
  static void letAnnaIn(PlayedProvider played) {
    played.letIn(
        provider(Map.of("issuer", played.issuer(), "client-id", "restic-manager"))
            .departure("/", Instant.now()));
  }

  private static IdentityProvider provider(Map<String, String> values) {
    SingleSignOnSettings settings = Settings.of(values);
    return new IdentityProvider(
        settings,
        new ControlPlaneSettings() {
          @Override
          public String url() {
            return "http://localhost:8080";
          }
        },
        new Discovery(settings));
  }

  private Departure departure() {
    return provider.departure("/jobs.xhtml", Instant.now());
  }

  @Test
  void browserIsSentWithStateNonceAndAHashOfTheVerifierOnly() {
    Departure departure = departure();

    assertThat(departure.address().toString())
        .startsWith(played.issuer() + "/auth?")
        .contains("code_challenge_method=S256", "state=" + departure.pending().state())
        .contains("nonce=" + departure.pending().nonce(), "scope=openid")
        .contains("redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fsingle-sign-on%2Freturn")
        .doesNotContain(departure.pending().verifier(), "hush");
  }

  @Test
  void browserSignsOutHereOnlyWhereTheProviderHasNoPlaceForThat() {
    assertThat(provider.farewell()).isEmpty();
  }

  @Test
  void browserThatSignsOutThereComesBack() {
    played.offers("end_session_endpoint", played.issuer() + "/end");

    assertThat(provider.farewell().orElseThrow().toString())
        .startsWith(played.issuer() + "/end?")
        .contains("client_id=restic-manager")
        .contains("post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fsign-in.xhtml")
        .doesNotContain("hush");
  }

  @Test
  void placeToSignOutWhereOthersCouldReadIsNotUsed() {
    played.offers("end_session_endpoint", "http://evil.example/end");

    assertThatThrownBy(provider::farewell).isInstanceOf(NotLetIn.class);
  }

  @Test
  void sessionThereIsKnownIfTheProviderNamesIt() {
    Departure departure = departure();
    URI answer = played.letIn(departure);
    played.says("sid", "session-1");

    assertThat(provider.vouched(departure.pending(), answer).session()).contains("session-1");
  }

  @Test
  void personIsWhomBothTheTokenAndTheUserInfoSpeakOf() {
    Departure departure = departure();
    URI answer = played.letIn(departure);
    played.says("groups", List.of("admins"));

    Vouched vouched = provider.vouched(departure.pending(), answer);

    assertThat(vouched.identity())
        .isEqualTo(new ProviderIdentity(played.issuer(), "anna-1", "anna"));
    assertThat(vouched.session()).isEmpty();
    assertThat(vouched.groups()).containsExactlyInAnyOrder("crew", "admins");
  }

  /** Each is one lie in an answer that is good but for it. */
  static List<Lie> lies() {
    return List.of(
        new Lie("another nonce", played -> played.says("nonce", "of another sign-in")),
        new Lie("no nonce", played -> played.says("nonce", null)),
        new Lie("another issuer", played -> played.says("iss", "https://evil.example")),
        new Lie("for another client", played -> played.says("aud", "another")),
        new Lie(
            "for several, authorised to another",
            played -> {
              played.says("aud", List.of("restic-manager", "another"));
              played.says("azp", "another");
            }),
        new Lie(
            "expired",
            played -> played.says("exp", Instant.now().minusSeconds(300).getEpochSecond())),
        new Lie("no subject", played -> played.says("sub", null)),
        new Lie("another key", PlayedProvider::signsWithAnotherKey),
        new Lie("not signed", PlayedProvider::doesNotSign),
        new Lie("user info of another", played -> played.saysBeside("sub", "bela-2")));
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
    Departure departure = departure();
    URI answer = played.letIn(departure);
    lie.told().accept(played);

    assertRefused(departure.pending(), answer, "answer-refused");
  }

  @Test
  void answerToAnotherBrowserIsRefusedBeforeItsCodeIsUsed() {
    Departure mine = departure();
    Departure anothers = departure();
    URI answer = played.letIn(anothers);

    assertRefused(mine.pending(), answer, "answer-refused");
    assertThat(provider.vouched(anothers.pending(), answer).identity().name()).isEqualTo("anna");
  }

  @Test
  void codeWorksOnceAndOnlyWithItsVerifier() {
    Departure departure = departure();
    PendingSignIn begun = departure.pending();
    URI answer = played.letIn(departure);
    PendingSignIn thief =
        new PendingSignIn(
            begun.state(), begun.nonce(), "x".repeat(43), begun.from(), begun.begunAt());

    assertRefused(thief, answer, "answer-refused");
    provider.vouched(begun, answer);
    assertRefused(begun, answer, "answer-refused");
  }

  @Test
  void refusalOfTheProviderIsTold() {
    PendingSignIn begun = departure().pending();
    URI answer =
        URI.create(
            "http://localhost:8080/single-sign-on/return?error=access_denied&state="
                + begun.state());

    assertRefused(begun, answer, "provider-refused");
  }

  @Test
  void answerThatIsNoneIsRefused() {
    PendingSignIn begun = departure().pending();
    for (String query : List.of("", "?", "?state=" + begun.state(), "?code=x", "?state=&code=")) {
      URI answer = URI.create("http://localhost:8080/single-sign-on/return" + query);
      assertRefused(begun, answer, "answer-refused");
    }
  }

  @Test
  void answerOfAnotherProviderIsRefused() {
    Departure departure = departure();
    URI answer = URI.create(played.letIn(departure) + "&iss=https%3A%2F%2Fevil.example");

    assertRefused(departure.pending(), answer, "answer-refused");
  }

  @Test
  void providerThatCallsItselfOtherwiseIsNotAsked() {
    played.callsItself("https://evil.example");

    assertThatThrownBy(this::departure)
        .isInstanceOfSatisfying(
            NotLetIn.class, e -> assertThat(e.code()).isEqualTo("provider-unreachable"));
  }

  /** The library would read on until its memory is full. */
  @ParameterizedTest
  @ValueSource(strings = {"/.well-known/openid-configuration", "/token", "/keys", "/userinfo"})
  void answerThatIsTooLargeIsRefused(String path) {
    if (path.startsWith("/.well-known")) {
      played.doesNotStopAt(path);
      assertThatThrownBy(this::departure).isInstanceOf(NotLetIn.class);
    } else {
      Departure departure = departure();
      URI answer = played.letIn(departure);
      played.doesNotStopAt(path);
      assertThatThrownBy(() -> provider.vouched(departure.pending(), answer))
          .isInstanceOf(NotLetIn.class);
    }
    assertThat(played.wasHungUpOn()).isTrue();
  }

  private void assertRefused(PendingSignIn begun, URI answer, String code) {
    assertThatThrownBy(() -> provider.vouched(begun, answer))
        .isInstanceOfSatisfying(NotLetIn.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
