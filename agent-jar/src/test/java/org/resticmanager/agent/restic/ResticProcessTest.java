package org.resticmanager.agent.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResticProcessTest {

  /**
   * A shell cannot trap a signal that was ignored when it began, as SIGINT is for what a script
   * starts in the background; restic, written in Go, can.
   */
  private static final String RESTIC_LIKE = "#!/usr/bin/env -S --default-signal=INT /bin/sh";

  @TempDir Path folder;

  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();

  @Test
  void everyByteOfAnArgumentArrives() throws IOException {
    List<String> odd =
        List.of("it's", "a\nb", "-n", "ünï \"cödé\"", "$HOME `id` \\0", "", " ", "日本");
    List<String> command = new ArrayList<>(List.of(script("for a; do printf '<%s>' \"$a\"; done")));
    command.addAll(odd);

    run(command, Map.of());

    assertThat(String.join("\n", out)).isEqualTo("<" + String.join("><", odd) + ">");
  }

  @Test
  void everyByteOfAVariableArrives() throws IOException {
    Map<String, String> variables = Map.of("RESTIC_PASSWORD", "pä$$ 'w\\041rd\n", "X", "plain");

    run(List.of(script("printf '<%s><%s>' \"$RESTIC_PASSWORD\" \"$X\"")), variables);

    assertThat(String.join("\n", out)).isEqualTo("<pä$$ 'w\\041rd\n><plain>");
  }

  @Test
  void noSecretIsWrittenToTheScript() throws IOException {
    run(
        List.of(script("true")),
        Map.of("RESTIC_PASSWORD", "hemmelig", "RESTIC_REST_PASSWORD", "ø"));

    assertThat(Files.readString(folder.resolve("t.sh"))).doesNotContain("hemmelig", "ø", "0303");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("t.out"))))
        .isEqualTo("rw-------");
  }

  @Test
  void bothStreamsAndTheExitCodeAreKnown() throws IOException {
    int code = run(List.of(script("echo one; echo two >&2; echo three; exit 11")), Map.of());

    assertThat(code).isEqualTo(11);
    assertThat(out).containsExactly("one", "three");
    assertThat(err).containsExactly("two");
    assertThat(Files.readString(folder.resolve("t.exit"))).isEqualTo("11\n");
  }

  @Test
  void linesAreReadWhileTheProcessRuns() throws IOException {
    Path go = folder.resolve("go");
    String wait = "echo first; while [ ! -e '" + go + "' ]; do sleep 0.05; done; echo last";
    ResticProcess process = ResticProcess.start(folder, "t", List.of(script(wait)), Map.of());

    process.follow(
        line -> {
          out.add(line);
          if (line.equals("first")) {
            touch(go);
          }
        },
        err::add,
        () -> false);

    assertThat(out).containsExactly("first", "last");
  }

  @Test
  void itIsEndedByTheInterruptSignal() throws IOException {
    AtomicBoolean started = new AtomicBoolean();
    ResticProcess process =
        ResticProcess.start(
            folder,
            "t",
            List.of(
                script("trap 'echo cleaned; exit 130' INT; echo up; while :; do sleep 0.05; done")),
            Map.of());

    int code =
        process.follow(
            line -> {
              out.add(line);
              started.set(true);
            },
            err::add,
            started::get);

    assertThat(code).isEqualTo(130);
    assertThat(out).containsExactly("up", "cleaned");
  }

  @Test
  void aSurvivorOfAnEarlierAgentIsEnded() throws IOException {
    ResticProcess.start(
        folder,
        "t",
        List.of(script("trap 'exit 130' INT; echo up; while :; do sleep 0.05; done")),
        Map.of());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Files.readString(folder.resolve("t.out")).contains("up"));

    assertThat(ResticProcess.endSurvivors(folder)).isTrue();
    assertThat(ResticProcess.endSurvivors(folder)).isFalse();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(folder.resolve("t.exit")).hasContent("130"));
  }

  @Test
  void aProcessThatOnlyGotTheSameIdIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("t.pid"), ProcessHandle.current().pid() + "\n");
    Files.setLastModifiedTime(
        folder.resolve("t.pid"),
        java.nio.file.attribute.FileTime.from(java.time.Instant.parse("2020-01-01T00:00:00Z")));

    assertThat(ResticProcess.endSurvivors(folder)).isFalse();
  }

  private int run(List<String> command, Map<String, String> variables) throws IOException {
    return ResticProcess.start(folder, "t", command, variables)
        .follow(out::add, err::add, () -> false);
  }

  private String script(String body) throws IOException {
    Path file = folder.resolve("fake restic");
    Files.writeString(file, RESTIC_LIKE + "\n" + body + "\n", StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  private static void touch(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
