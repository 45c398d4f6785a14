package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The script that the control plane serves installs the agent that it serves. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class InstallScriptTest {

  private final Scratch scratch = new Scratch("install");
  private final Path root = scratch.newFolder("root");
  private ControlPlane controlPlane;
  private Path script;

  @BeforeEach
  void fetch(ControlPlane shared) throws IOException {
    controlPlane = shared;
    String text = controlPlane.api().get("/install.sh").expect(200).body();
    assertThat(text).startsWith("#!/bin/sh\n").contains(controlPlane.url().toString());
    script = Files.writeString(scratch.folder().resolve("install.sh"), text);
  }

  @AfterEach
  void clean() {
    scratch.close();
  }

  private Program.Ended install(Map<String, String> environment, String... options) {
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(options));
    Map<String, String> all = new HashMap<>(environment);
    all.put("DESTDIR", root.toString());
    all.put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"));
    return Program.run(scratch.folder().resolve("install.log"), all, command);
  }

  private String digest() {
    return controlPlane
        .api()
        .get("/agent/restic-manager-agent.jar.sha256")
        .expect(200)
        .body()
        .replaceFirst("(?s) .*", "");
  }

  private Path jar() {
    return root.resolve("usr/local/lib/restic-manager/restic-manager-agent.jar");
  }

  private List<Path> installed() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void machineIsEnrolledAndItsAgentIsTheOneThatTheServerHas() throws IOException {
    String token = controlPlane.admin().newEnrolmentToken();
    Path file = Files.writeString(scratch.folder().resolve("token"), token + "\n");

    Program.Ended ended =
        install(
            Map.of(),
            "--sha256",
            digest(),
            "--token-file",
            file.toString(),
            "--name",
            "installed-by-script");

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("as installed-by-script").doesNotContain(token);
    assertThat(jar()).hasSameBinaryContentAs(Project.agentJar());
    Path data = root.resolve("var/lib/restic-manager-agent");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(root.resolve("etc/systemd/system/restic-manager-agent.service"))
        .content()
        .contains("NoNewPrivileges=yes", "KillMode=process", "User=restic-manager")
        .doesNotContain(root.toString(), token);
    controlPlane.admin().hostNamed("installed-by-script");

    Program.Ended again = install(Map.of(), "--sha256", digest());
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.output()).contains("enrolled already", "--replace");
  }

  @Test
  void machineThatIsEnrolledAlreadyIsEnrolledAnewIfThatIsAsked() throws IOException {
    Admin admin = controlPlane.admin();
    Program.Ended first =
        install(
            Map.of("RESTIC_MANAGER_ENROLMENT_TOKEN", admin.newEnrolmentToken()),
            "--replace",
            "--name",
            "installed-twice");
    assertThat(first.exitCode()).as("on a machine without an agent: " + first.output()).isZero();
    String host = admin.hostNamed("installed-twice").getString("id");
    Path enrolment = root.resolve("var/lib/restic-manager-agent/agent.json");
    String before = Files.readString(enrolment);

    Program.Ended again =
        install(
            Map.of("RESTIC_MANAGER_ENROLMENT_TOKEN", admin.newEnrolmentToken(host)), "--replace");

    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.output()).contains("as installed-twice");
    assertThat(enrolment).content().contains(host).isNotEqualTo(before);
  }

  @Test
  void startsTakeTheAgentsClassesFromAnArchive() {
    Program.Ended ended =
        install(
            Map.of("RESTIC_MANAGER_ENROLMENT_TOKEN", controlPlane.admin().newEnrolmentToken()),
            "--name",
            "installed-with-archive");
    assertThat(ended.exitCode()).as(ended.output()).isZero();

    String unit = "etc/systemd/system/restic-manager-agent.service";
    assertThat(root.resolve(unit))
        .content()
        .containsPattern("ExecStart=.* -XX:SharedArchiveFile=/usr/local/lib/.*[.]jsa .* run ");
    Path archive = jar().resolveSibling("restic-manager-agent.jsa");
    Program.Ended started =
        Program.run(
            scratch.folder().resolve("start.log"),
            Map.of(),
            Program.java(
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:class+load",
                "-jar",
                jar().toString(),
                "version"));
    assertThat(started.output())
        .containsPattern("org[.]resticmanager[.]agent[.].* source: shared objects file [(]top[)]");
  }

  @Test
  void tokenMayComeByTheEnvironment() {
    Program.Ended ended =
        install(
            Map.of("RESTIC_MANAGER_ENROLMENT_TOKEN", controlPlane.admin().newEnrolmentToken()),
            "--name",
            "installed-by-environment");

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("--sha256 pins it", "as installed-by-environment");
  }

  @Test
  void agentWithAnotherDigestIsNotInstalled() throws IOException {
    Program.Ended ended = install(Map.of(), "--sha256", "0".repeat(64));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("has another digest", "nothing was installed");
    assertThat(installed()).isEmpty();
  }

  @Test
  void dryRunTellsOfBackupsThatRunHereAlreadyAndChangesNothing() throws IOException {
    Path cron = Files.createDirectories(root.resolve("etc/cron.d")).resolve("nightly");
    Files.writeString(cron, "0 2 * * * root restic backup /home\n");
    Path quiet = Files.writeString(cron.resolveSibling("quiet"), "# restic was here\n");
    Path timer =
        Files.writeString(
            Files.createDirectories(root.resolve("etc/systemd/system")).resolve("backup.service"),
            "[Service]\nExecStart=/usr/bin/restic backup /srv\n");

    Program.Ended ended = install(Map.of(), "--dry-run", "--sha256", digest());

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains(cron + " runs restic already", timer + " runs restic already")
        .contains("would enrol at " + controlPlane.url())
        .doesNotContain(quiet.toString());
    assertThat(installed()).containsExactlyInAnyOrder(cron, quiet, timer);
  }

  @Test
  void serverThatIsAwayIsSaid() throws IOException {
    Program.Ended ended = install(Map.of(), "--server", "http://localhost:1");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("cannot reach http://localhost:1");
    assertThat(installed()).isEmpty();
  }
}
