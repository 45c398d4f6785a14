package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten thousand guesses, as a botnet would make them: from many addresses, for one name. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class GuessedPasswordsTest {

  private static final Logger LOG = Logger.getLogger(GuessedPasswordsTest.class.getName());
  private static final int GUESSES = 10_000;
  private static final int ADDRESSES = 5_000;
  private static final int AT_ONCE = 16;
  private static final long MEMORY_KIB = 150 * 1024;

  @Test
  void tenThousandGuessesGetNobodyInAndKeepNobodyOut() throws Exception {
    try (ControlPlane controlPlane =
            new ControlPlane(Map.of("RESTIC_MANAGER_TRUSTED_PROXIES", "127.0.0.1, ::1"));
        Browser known = new Browser(controlPlane)) {
      known.signIn();
      known.page().click("#sign-out");
      known.page().waitForURL("**/sign-in.xhtml");
      guess(controlPlane.api(), "nobody", 0);
      long before = memoryKib(controlPlane);

      long begun = System.nanoTime();
      Map<Integer, Integer> answers = guesses(controlPlane.api());
      Duration guessing = Duration.ofNanos(System.nanoTime() - begun);

      begun = System.nanoTime();
      known.signIn();
      Duration signIn = Duration.ofNanos(System.nanoTime() - begun);
      long grown = memoryKib(controlPlane) - before;
      LOG.info(
          () ->
              GUESSES
                  + " guesses in "
                  + guessing.toSeconds()
                  + " s: "
                  + answers
                  + "; the right person signed in within "
                  + signIn.toMillis()
                  + " ms; memory +"
                  + grown / 1024
                  + " MiB");

      assertThat(answers).containsOnlyKeys(401, 429);
      assertThat(answers.get(401)).as("passwords that were looked at").isLessThan(200);
      assertThat(signIn).isLessThan(Duration.ofMinutes(2));
      assertThat(grown).isLessThan(MEMORY_KIB);
    }
  }

  private static Map<Integer, Integer> guesses(Api api) throws Exception {
    Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    ExecutorService guessers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<? extends Future<?>> all =
          IntStream.range(0, GUESSES)
              .mapToObj(
                  number ->
                      guessers.submit(
                          () -> answers.merge(guess(api, Admin.NAME, number), 1, Integer::sum)))
              .toList();
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      guessers.shutdownNow();
    }
    return answers;
  }

  /** Returns the status of the answer. */
  private static int guess(Api api, String name, int number) {
    String address = "198.18." + number % ADDRESSES / 250 + "." + (number % 250 + 1);
    return api.send(
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

  private static long memoryKib(ControlPlane controlPlane) throws IOException {
    long sum = 0;
    for (ProcessHandle process : Processes.of(controlPlane.folder())) {
      if (!Processes.isDatabase(process)) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        sum +=
            Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
      }
    }
    return sum;
  }
}
