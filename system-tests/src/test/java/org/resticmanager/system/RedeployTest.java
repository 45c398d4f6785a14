package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/**
 * The application is deployed again and again on an application server that goes on running, as
 * administrators do for each release: it is ready each time, jobs go on, and nothing of the earlier
 * ones is kept.
 */
@Tag("slow")
@Tag("servers")
@ExtendWith(FailureReport.class)
class RedeployTest {

  private static final String GROUP = "files";
  private static final int TIMES = Integer.getInteger("redeploy.times", 10);
  private static final int WARM_UP = 3;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  /**
   * Megabytes of one earlier deployment that a server may keep: what rounding leaves. Open Liberty
   * 26.0.0.3 itself never forgets an application with an authentication mechanism of its own (the
   * map {@code ModuleToHam} in its {@code ModulePropertiesUtils}), and Payara Server 6.2025.10 none
   * of which a servlet has handed work to one of its executors (the {@code resourceTable} of its
   * {@code JavaEETransactionManagerSimplified}).
   */
  private static final Map<ServerKind, Double> MOST_KEPT =
      Map.of(ServerKind.WILDFLY, 0.5, ServerKind.LIBERTY, 25.0, ServerKind.PAYARA, 20.0);

  /** Where the administration of a Payara Server listens, in what it prints at its start. */
  private static final Pattern ADMIN_PORT = Pattern.compile("(?m)^Admin Port: (\\d+)");

  @Test
  void tenRedeploysKeepNothingOfTheEarlierOnes() {
    try (ControlPlane controlPlane = new ControlPlane()) {
      Admin admin = controlPlane.admin();
      Enrolled machine = Enrolled.at(controlPlane, "redeployed");
      admin.connect(machine.host(), admin.addRepository("redeployed", "/nowhere", "secret"));
      admin.putSourceGroup(machine.host(), GROUP, List.of("/somewhere"));
      try (Peer peer = machine.hello("ack", "resume")) {
        run(peer, peer.awaitCommand(command -> true));
      }
      List<Long> heap = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        redeploy(controlPlane);
        String job = admin.runNow(machine.host(), GROUP);
        try (Peer peer = machine.hello("ack", "resume")) {
          run(peer, peer.awaitCommand(command -> command.getString("job_id").equals(job)));
          assertThat(admin.awaitEnd(job, LIMIT).getString("status")).isEqualTo("succeeded");
        }
        heap.add(live(controlPlane));
      }

      System.out.println("live heap after each redeploy, MB: " + heap);
      // the first ones still warm the server up
      assertThat((heap.get(TIMES - 1) - heap.get(WARM_UP)) / (double) (TIMES - 1 - WARM_UP))
          .as("growth of the live heap for each redeployment: " + heap)
          .isLessThan(MOST_KEPT.get(ServerKind.chosen()));
    }
  }

  private static void run(Peer peer, String job) {
    peer.start(job);
    peer.finish(job, "succeeded", 0);
  }

  /** As an administrator does: the archive is taken away, and then there again. */
  private static void redeploy(ControlPlane controlPlane) {
    if (ServerKind.chosen() == ServerKind.PAYARA) {
      asadmin(controlPlane, "undeploy", "restic-manager");
      String archive = Project.ear().toString();
      asadmin(controlPlane, "deploy", "--name", "restic-manager", "--contextroot", "/", archive);
    } else {
      byMoving(controlPlane);
    }
    await("the new one is ready").atMost(LIMIT).until(() -> ready(controlPlane));
  }

  private static void byMoving(ControlPlane controlPlane) {
    Path archive =
        Processes.files(controlPlane.dataFolder().resolve("server"), "restic-manager.ear").get(0);
    Path aside = controlPlane.folder().resolve("restic-manager.ear");
    try {
      Files.move(archive, aside, StandardCopyOption.REPLACE_EXISTING);
      await("the earlier one is gone").atMost(LIMIT).until(() -> !answers(controlPlane));
      Files.setLastModifiedTime(aside, FileTime.from(Instant.now()));
      Files.move(aside, archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void asadmin(ControlPlane controlPlane, String... arguments) {
    Matcher port = ADMIN_PORT.matcher(Program.read(controlPlane.console()));
    assertThat(port.find()).as("the port of the administration").isTrue();
    List<String> command =
        new ArrayList<>(
            List.of(
                Project.server(ServerKind.PAYARA).resolve("bin/asadmin").toString(),
                "--port",
                port.group(1)));
    command.addAll(List.of(arguments));
    Program.Ended ended =
        Program.run(controlPlane.folder().resolve("asadmin.log"), Map.of(), command);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }

  /** Whether the application is there, however it feels. */
  private static boolean answers(ControlPlane controlPlane) {
    return controlPlane.api().get("/health/live").status() == 200;
  }

  private static boolean ready(ControlPlane controlPlane) {
    try {
      return controlPlane.api().get("/health/ready").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Megabytes of objects that are reachable, counted after a full collection. */
  private static long live(ControlPlane controlPlane) {
    ProcessHandle server =
        Processes.of(controlPlane.folder()).stream()
            .filter(process -> process.info().command().orElse("").endsWith("/java"))
            .findFirst()
            .orElseThrow();
    Program.Ended histogram =
        Program.run(
            controlPlane.folder().resolve("histogram.log"),
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.pid()),
                "GC.class_histogram"));
    Matcher total = TOTAL.matcher(histogram.output());
    assertThat(total.find()).as(histogram.output()).isTrue();
    return Long.parseLong(total.group(1)) / 1_000_000;
  }
}
