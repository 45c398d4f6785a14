package org.resticmanager.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.platform.NotLetIn;

class ChallengesTest {

  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

  private final TestDatabase database = TestDatabase.create();

  private Challenges at(TestDatabase shared, Instant moment) {
    return new Challenges(new AnnouncementStore(shared), Clock.fixed(moment, ZoneOffset.UTC));
  }

  private Challenges at(Instant moment) {
    return at(database, moment);
  }

  private static void assertRefused(Challenges challenges, String challenge) {
    assertThatThrownBy(() -> challenges.require(challenge)).isInstanceOf(NotLetIn.class);
  }

  @Test
  void challengeIsGoodForSomeMinutesOnEveryNode() {
    String challenge = at(NOW).next();
    Instant end = NOW.plus(Challenges.LIFETIME);

    assertThatCode(() -> at(end.minusMillis(1)).require(challenge)).doesNotThrowAnyException();
    assertRefused(at(end), challenge);
  }

  @Test
  void noTwoAreTheSame() {
    assertThat(at(NOW).next()).isNotEqualTo(at(NOW).next());
  }

  @Test
  void whatIsNotOursIsRefused() {
    String challenge = at(NOW).next();
    byte[] later = Base64.getUrlDecoder().decode(challenge);
    later[7] ^= 1;

    assertRefused(at(NOW), Base64.getUrlEncoder().withoutPadding().encodeToString(later));
    assertRefused(at(NOW), challenge.substring(1));
    assertRefused(at(NOW), "no base64!");
    assertRefused(at(NOW), "");
    assertRefused(at(TestDatabase.create(), NOW), challenge);
  }
}
