package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The control plane's own state, taken while it works and given to an empty machine. */
@Tag("slow")
@Tag("standalone")
@ExtendWith(FailureReport.class)
class ManagerBackupTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void agentBacksUpAgainWithAControlPlaneMadeAnewFromItsBackup() {
    try (ControlPlane lost = new ControlPlane();
        AgentHost machine = new AgentHost("survivor", Project.newestRestic())) {
      String host = machine.join(lost);
      Admin admin = lost.admin();
      String repository = machine.folder().resolve("repository").toString();
      admin.connect(host, admin.addRepository("kept", repository, Secrets.random()));
      Path source = machine.newFolder("source");
      SourceFiles.large(source.resolve("file"), 1, 1);
      admin.putSourceGroup(host, GROUP, List.of(source.toString()));
      assertThat(admin.awaitEnd(admin.runNow(host, GROUP), LIMIT).getString("status"))
          .isEqualTo("succeeded");
      Path file = machine.folder().resolve("manager.tar.gz");

      run(lost.dataFolder(), "backup", file);
      lost.killEverything();
      lost.loseData();
      run(lost.dataFolder(), "restore", file);
      lost.start();

      admin.awaitOnline(host);
      assertThat(admin.awaitEnd(admin.runNow(host, GROUP), LIMIT).getString("status"))
          .as("with the repository's password, which the key opens")
          .isEqualTo("succeeded");
      assertThat(admin.snapshots(host)).hasSize(2);
    }
  }

  private static void run(Path data, String verb, Path file) {
    Program.Ended ended =
        Program.run(
            file.resolveSibling(verb + ".log"),
            Map.of("RESTIC_MANAGER_DATA_DIR", data.toString()),
            Program.java("-jar", Project.standaloneJar().toString(), verb, file.toString()));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output()).doesNotContain("NOT in it");
  }
}
