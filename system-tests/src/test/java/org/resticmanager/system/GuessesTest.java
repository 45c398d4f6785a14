package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten thousand guesses at a person's password, over HTTP. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class GuessesTest {

  private static final int GUESSES = 10_000;
  private static final int ADDRESSES = 100;

  /** What many addresses together may try of one name before it gets narrow, and some more. */
  private static final int MOST_LOOKED_AT = 80;

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @Test
  void guessesGetNowhereAndThePersonComesInAtOnceMeanwhile() {
    try (ControlPlane controlPlane =
            new ControlPlane(Map.of("RESTIC_MANAGER_TRUSTED_PROXIES", "127.0.0.1"));
        Browser own = new Browser(controlPlane)) {
      Somebody person = Somebody.as(controlPlane, "viewer");
      own.signIn(person.name(), person.password());
      own.page().click("#sign-out");
      own.page().waitForURL("**/sign-in.xhtml");

      Map<Integer, Long> answers =
          IntStream.range(0, GUESSES)
              .parallel()
              .mapToObj(i -> guess(controlPlane, person.name(), i))
              .collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.counting()));
      Instant before = Instant.now();
      own.signIn(person.name(), person.password());

      System.out.println(GUESSES + " guesses were answered by " + answers);
      assertThat(Duration.between(before, Instant.now())).isLessThan(AT_ONCE);
      assertThat(answers).containsOnlyKeys(401, 429);
      assertThat(answers.get(401)).as("guesses that were looked at").isLessThan(MOST_LOOKED_AT);
      controlPlane.admin().api().get("/api/v1/hosts").expect(200);
    }
  }

  /** Nine of ten come from one address, the others from a hundred. */
  private static int guess(ControlPlane controlPlane, String name, int number) {
    String address = "203.0.113." + (number % 10 == 0 ? 1 + number / 10 % ADDRESSES : 250);
    return controlPlane
        .api()
        .send(
            "POST",
            "/api/v1/sign-in",
            Optional.of(
                Json.createObjectBuilder()
                    .add("name", name)
                    .add("password", "guess " + number)
                    .build()
                    .toString()),
            Map.of("X-Forwarded-For", address))
        .status();
  }
}
