package org.resticmanager.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.MovableClock;

class SignInThrottleTest {

  private static final String HOME = "192.0.2.7";
  private static final String ELSEWHERE = "198.51.100.9";
  private static final Optional<String> NO_DEVICE = Optional.empty();
  private static final Optional<String> OWN_DEVICE = Optional.of("rmd_own");

  private final MovableClock clock = new MovableClock();
  private final SignInThrottle throttle = new SignInThrottle(clock);

  private void pass(Duration time) {
    clock.forward(time);
  }

  /** Whether the password would be looked at; the try is a wrong one. */
  private boolean guess(String name, String address) {
    try {
      throttle.begin(name, address, NO_DEVICE);
      return true;
    } catch (TooManyTries e) {
      return false;
    }
  }

  private void guess(int times, String name, String address) {
    for (int i = 0; i < times; i++) {
      guess(name, address);
    }
  }

  @Test
  void fiveTriesAreFreeAndThenThePauseDoublesUpToAQuarterOfAnHour() {
    guess(5, "anna", HOME);
    for (long pause = 1; pause <= 512; pause *= 2) {
      assertThatThrownBy(() -> throttle.begin("anna", HOME, NO_DEVICE))
          .isInstanceOfSatisfying(
              TooManyTries.class, refused -> assertThat(refused.retryAfterSeconds()).isPositive());
      pass(Duration.ofSeconds(pause).minusMillis(1));
      assertThat(guess("anna", HOME)).as("before %d s", pause).isFalse();
      pass(Duration.ofMillis(1));
      assertThat(guess("anna", HOME)).as("after %d s", pause).isTrue();
    }
    pass(Duration.ofMinutes(15).minusMillis(1));
    assertThat(guess("anna", HOME)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(guess("anna", HOME)).isTrue();
  }

  @Test
  void triesDuringAPauseDoNotMakeItLonger() {
    guess(5, "anna", HOME);
    guess(1000, "anna", HOME);
    pass(Duration.ofSeconds(1));
    assertThat(guess("anna", HOME)).isTrue();
  }

  @Test
  void rightPasswordAfterAFewWrongOnesMakesThemForgotten() {
    guess(4, "anna", HOME);
    throttle.succeeded(throttle.begin("anna", HOME, NO_DEVICE));
    guess(4, "anna", HOME);
    assertThat(guess("anna", HOME)).isTrue();
  }

  @Test
  void personIsNotKeptWaitingByGuessesFromElsewhere() {
    guess(1000, "anna", ELSEWHERE);
    assertThat(guess("anna", HOME)).isTrue();
  }

  @Test
  void onTheirOwnDeviceNobodyWaitsForTheGuessesOfOthersNotEvenAtTheSameAddress() {
    for (int i = 0; i < 1000; i++) {
      guess("anna", HOME);
      guess("anna", "203.0.113." + i % 250);
      guess("person " + i, HOME);
    }
    throttle.succeeded(throttle.begin("anna", HOME, OWN_DEVICE));
  }

  @Test
  void ownDeviceWaitsForItsOwnWrongTries() {
    IntStream.range(0, 5).forEach(i -> throttle.begin("anna", HOME, OWN_DEVICE));
    assertThatThrownBy(() -> throttle.begin("anna", HOME, OWN_DEVICE))
        .isInstanceOf(TooManyTries.class);
  }

  @Test
  void nameGuessedAtFromManyAddressesStaysOpenAtMostTwiceAMinute() {
    for (int i = 0; i < 50; i++) {
      assertThat(guess("anna", "203.0.113." + i)).isTrue();
    }
    int let = 0;
    for (int second = 0; second < 3600; second++) {
      let += guess("anna", "198.18." + second / 250 + "." + second % 250) ? 1 : 0;
      pass(Duration.ofSeconds(1));
    }
    assertThat(let).isBetween(60, 130);
  }

  @Test
  void whoHasAnAccountDoesNotWipeOutWhatTheyGuessOfOthers() {
    int let = 0;
    for (int i = 0; i < 500; i++) {
      let += guess("victim " + i, HOME) ? 1 : 0;
      try {
        throttle.succeeded(throttle.begin("insider", HOME, NO_DEVICE));
      } catch (TooManyTries e) {
        // the address waits, and so does the insider
      }
    }
    assertThat(let).isBetween(199, 201);
  }

  @Test
  void upperAndLowerCaseAreOneName() {
    guess(5, "anna", HOME);
    assertThat(guess("ANNA", HOME)).isFalse();
  }

  @Test
  void addressesOfOneCustomerAreOneAddress() {
    guess(5, "anna", "2001:db8:1:2::1");
    assertThat(guess("anna", "2001:db8:1:2:ffff::2%eth0")).isFalse();
    assertThat(guess("anna", "2001:db8:2:2::1")).isTrue();
  }

  @Test
  void anHourWithoutAWrongTryMakesAllForgotten() {
    guess(5, "anna", HOME);
    pass(SignInThrottle.MEMORY.plusMillis(1));
    for (int i = 0; i < 5; i++) {
      assertThat(guess("anna", HOME)).isTrue();
    }
    assertThat(guess("anna", HOME)).isFalse();
  }

  @Test
  void clockThatIsSetBackMakesNobodyWaitLonger() {
    guess(5, "anna", HOME);
    pass(Duration.ofHours(-2));
    assertThatThrownBy(() -> throttle.begin("anna", HOME, NO_DEVICE))
        .isInstanceOfSatisfying(
            TooManyTries.class, refused -> assertThat(refused.retryAfterSeconds()).isOne());
  }

  @Test
  void tryThatWasNeitherRightNorWrongForgetsNothing() {
    for (int i = 0; i < 5; i++) {
      throttle.undone(throttle.begin("anna", HOME, NO_DEVICE));
      assertThat(guess("anna", HOME)).isTrue();
    }
    assertThat(guess("anna", HOME)).isFalse();
  }

  @Test
  void tenThousandGuessesInAnHourGetNowhere() {
    AtomicInteger lookedAt = new AtomicInteger();
    for (int i = 0; i < 10_000; i++) {
      lookedAt.addAndGet(guess("anna", HOME) ? 1 : 0);
      pass(Duration.ofMillis(360));
    }
    assertThat(lookedAt.get()).isLessThan(20);
  }

  @Test
  void guessesAtAnyNamesFromAnyAddressesGrowNothingForEver() {
    for (int i = 0; i < 10_000; i++) {
      guess("person " + i, "10." + i / 250 + "." + i % 250 + ".1");
    }
    assertThat(throttle.size()).isLessThanOrEqualTo(SignInThrottle.MOST);
    for (int i = 0; i < 100_000; i++) {
      guess("someone " + i, "11." + i / 250 + "." + i % 250 + ".1");
    }
    assertThat(throttle.size()).isEqualTo(SignInThrottle.MOST);
  }

  @Test
  void manyGuessesAtTheSameMomentAreAsMany() {
    long lookedAt = IntStream.range(0, 2000).parallel().filter(i -> guess("anna", HOME)).count();
    assertThat(lookedAt).isEqualTo(5);
  }
}
