package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A proxy lets in only agents with a certificate, before any token is looked at. */
@Tag("slow")
@Tag("standalone")
@ExtendWith(FailureReport.class)
class MutualTlsTest {

  private static final String KEYSTORE = "RESTIC_MANAGER_AGENT_CLIENT_KEYSTORE";
  private static final String WHY = "wants a client certificate that it trusts";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String PASSWORD_FILE = KEYSTORE + "_PASSWORD_FILE";

  @Test
  void agentComesInByItsCertificateAndHearsWhyNotWithoutOne() {
    try (Scratch scratch = new Scratch("authorities");
        ControlPlane controlPlane =
            new ControlPlane(Map.of("RESTIC_MANAGER_TRUSTED_PROXIES", "127.0.0.1"))) {
      Authority ours = Authority.make(scratch.newFolder("ours"));
      Authority anothers = Authority.make(scratch.newFolder("anothers"));
      Admin admin = controlPlane.admin();
      try (TlsProxy proxy = new TlsProxy(controlPlane, ours);
          AgentHost machine = new AgentHost("vault", Project.newestRestic())) {
        String token = admin.newEnrolmentToken();
        assertRefused(machine, proxy, token);
        show(machine, anothers, anothers.keystore("vault"));
        assertRefused(machine, proxy, token);

        show(machine, ours, ours.keystore("vault"));
        Program.Ended byTheWrongDoor =
            machine.enrol(proxy.forPeople(), token, "--pin", proxy.pin());
        assertThat(byTheWrongDoor.exitCode()).isNotZero();
        assertThat(byTheWrongDoor.output()).contains("403");
        Program.Ended enrolled = machine.enrol(proxy.forAgents(), token, "--pin", proxy.pin());
        assertThat(enrolled.exitCode()).as("the token was not used: " + enrolled.output()).isZero();
        machine.start();
        String host = admin.hostNamed("vault").getString("id");
        admin.awaitOnline(host);
        assertBacksUp(admin, host, machine);
        machine.stop();

        hide(machine);
        machine.start();
        machine.awaitLog(WHY);
        machine.kill();
      }
    }
  }

  private static void show(AgentHost machine, Authority authority, Path keystore) {
    machine
        .withEnvironment(KEYSTORE, keystore.toString())
        .withEnvironment(PASSWORD_FILE, authority.passwordFile().toString());
  }

  private static void hide(AgentHost machine) {
    machine.withEnvironment(KEYSTORE, "").withEnvironment(PASSWORD_FILE, "");
  }

  /** Now and then the proxy has hung up before its reason is read. */
  private static void assertRefused(AgentHost machine, TlsProxy proxy, String token) {
    await("the agent says why").atMost(LIMIT).until(() -> isToldWhyNot(machine, proxy, token));
  }

  private static boolean isToldWhyNot(AgentHost machine, TlsProxy proxy, String token) {
    Program.Ended refused = machine.enrol(proxy.forAgents(), token, "--pin", proxy.pin());
    assertThat(refused.exitCode()).as(refused.output()).isNotZero();
    assertThat(refused.output()).doesNotContain(token);
    return refused.output().contains(WHY);
  }

  private static void assertBacksUp(Admin admin, String host, AgentHost machine) {
    Path files = machine.newFolder("files");
    SourceFiles.large(files.resolve("large"), 5, 7);
    admin.connect(
        host,
        admin.addRepository(
            "vault", machine.folder().resolve("repository").toString(), Secrets.random()));
    admin.putSourceGroup(host, "files", List.of(files.toString()));
    assertThat(admin.awaitEnd(admin.runNow(host, "files"), LIMIT).getString("status"))
        .isEqualTo("succeeded");
  }
}
