package org.resticmanager.agent.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.config.Machine;

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
    assertThat(Files.readString(folder.resolve("t.exit"))).isEqualToIgnoringWhitespace("11");
  }

  @Test
  void linesAreReadWhileTheProcessRuns() throws IOException {
    Path go = folder.resolve("go");
    String wait = "echo first; while [ ! -e '" + go + "' ]; do sleep 0.05; done; echo last";
    ResticProcess process = ResticProcess.start(folder, "t", List.of(script(wait)), Map.of());

    follow(
        process,
        line -> {
          out.add(line);
          if (line.equals("first")) {
            touch(go);
          }
        },
        Optional::empty,
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

    Exit exit =
        follow(
            process,
            line -> {
              out.add(line);
              started.set(true);
            },
            () -> started.get() ? Optional.of("enough") : Optional.empty(),
            () -> false);

    assertThat(exit).isEqualTo(new Exit(130, Optional.of("enough"), false, Optional.empty()));
    assertThat(out).containsExactly("up", "cleaned");
  }

  @Test
  void aProcessIsFoundAgainAndFollowedToItsEnd() throws IOException {
    Path go = folder.resolve("go");
    String wait = "echo first; while [ ! -e '" + go + "' ]; do sleep 0.05; done; echo last; exit 7";
    ResticProcess.start(folder, "t", List.of(script(wait)), Map.of());
    awaitOutput("first");

    ResticProcess found = ResticProcess.find(folder, "t").orElseThrow();
    Files.createFile(go);
    Exit exit = follow(found, Optional::empty, () -> false);

    assertThat(exit).isEqualTo(new Exit(7, Optional.empty(), false, Optional.empty()));
    assertThat(out).containsExactly("first", "last");
  }

  @Test
  void anEndThatNobodySawIsLookedUp() throws IOException {
    run(List.of(script("echo all; exit 11")), Map.of());
    out.clear();

    Exit exit = follow(ResticProcess.find(folder, "t").orElseThrow(), Optional::empty, () -> true);

    assertThat(exit.code()).isEqualTo(11);
    assertThat(out).containsExactly("all");
  }

  @Test
  void aProcessThatIsLeftGoesOn() throws IOException {
    Path go = folder.resolve("go");
    String wait = "echo up; while [ ! -e '" + go + "' ]; do sleep 0.05; done; exit 0";
    ResticProcess process = ResticProcess.start(folder, "t", List.of(script(wait)), Map.of());

    assertThatThrownBy(() -> follow(process, Optional::empty, () -> true))
        .isInstanceOf(LeftRunning.class);

    Files.createFile(go);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(folder.resolve("t.exit")).content().isEqualToIgnoringWhitespace("0"));
  }

  @Test
  void aProcessThatWasNotBegunYetIsNeverBegunOnceSomebodyLooked() throws IOException {
    Files.writeString(folder.resolve("t.go"), "boot\n");

    assertThat(ResticProcess.find(folder, "t")).isEmpty();
    assertThat(folder.resolve("t.go")).doesNotExist();
  }

  @Test
  void aShellThatComesTooLateRunsNothing() throws Exception {
    List<String> command = List.of(script("echo ran"));
    Files.write(folder.resolve("t.sh"), new ShellScript("t", command, Map.of()).bytes());

    Process late = new ProcessBuilder("/bin/sh", "t.sh").directory(folder.toFile()).start();

    assertThat(late.waitFor()).isEqualTo(125);
    assertThat(late.getInputStream().readAllBytes()).isEmpty();
    assertThat(folder.resolve("t.exit")).doesNotExist();
  }

  @Test
  void theReasonIsTheMachinesRestartIfTheNoteIsOfAnotherBoot() throws IOException {
    outputOfAnEarlierOne();
    // the same id is alive, and it is not the one that was noted
    long pid = ProcessHandle.current().pid();
    Files.writeString(folder.resolve("t.pid"), "another-boot\n" + pid + "\n");

    Exit exit = follow(ResticProcess.find(folder, "t").orElseThrow(), Optional::empty, () -> false);

    assertThat(exit.died()).contains("the host was restarted while restic ran");
    assertThat(exit.killed()).isTrue();
  }

  @Test
  void aProcessThatOnlyGotTheSameIdIsNotTakenForIt() throws IOException {
    long pid = ProcessHandle.current().pid();
    Path file = folder.resolve("t.pid");
    Files.writeString(
        file, Machine.bootId() + "\n" + pid + "\n" + pid + " (sh) S" + " 1".repeat(40));
    assertThat(ProcessNote.read(file).orElseThrow().alive()).isEmpty();

    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    Files.writeString(file, Machine.bootId() + "\n" + pid + "\n" + stat);
    assertThat(ProcessNote.read(file).orElseThrow().alive()).isPresent();
  }

  @Test
  void oneThatIgnoresTheSignalIsKilledAfterThirtySeconds() throws IOException {
    ResticProcess.start(
        folder,
        "t",
        List.of(script("trap '' INT; echo up; while :; do sleep 0.05; done")),
        Map.of());
    awaitOutput("up");
    // an earlier agent asked it long ago
    Files.writeString(folder.resolve("t.int"), "cancelled\n");
    Files.setLastModifiedTime(
        folder.resolve("t.int"), FileTime.from(Instant.now().minusSeconds(31)));

    Exit exit =
        follow(
            ResticProcess.find(folder, "t").orElseThrow(),
            () -> Optional.of("something else"),
            () -> false);

    assertThat(exit).isEqualTo(new Exit(137, Optional.of("cancelled"), true, Optional.empty()));
  }

  @Test
  void whatTheTerminalSendsToItsProcessesDoesNotReachIt() throws IOException {
    run(List.of(script("ps -o sid= -p $$")), Map.of());
    String ours = String.join("", out);
    out.clear();
    run(List.of(script("ps -o sid= -p " + ProcessHandle.current().pid())), Map.of());

    assertThat(ours).isNotBlank().isNotEqualTo(String.join("", out));
  }

  private void outputOfAnEarlierOne() throws IOException {
    Files.createFile(folder.resolve("t.out"));
    Files.createFile(folder.resolve("t.err"));
  }

  private void awaitOutput(String words) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Files.readString(folder.resolve("t.out")).contains(words));
  }

  private int run(List<String> command, Map<String, String> variables) throws IOException {
    ResticProcess process = ResticProcess.start(folder, "t", command, variables);
    return follow(process, Optional::empty, () -> false).code();
  }

  private Exit follow(
      ResticProcess process, Supplier<Optional<String>> giveUp, BooleanSupplier leaving)
      throws IOException {
    return follow(process, out::add, giveUp, leaving);
  }

  private Exit follow(
      ResticProcess process,
      Consumer<String> stdout,
      Supplier<Optional<String>> giveUp,
      BooleanSupplier leaving)
      throws IOException {
    try (OutputTail outTail =
            new OutputTail(folder.resolve("t.out"), 0, (line, end) -> stdout.accept(line));
        OutputTail errTail =
            new OutputTail(folder.resolve("t.err"), 0, (line, end) -> err.add(line))) {
      return process.follow(outTail, errTail, giveUp, leaving);
    }
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
