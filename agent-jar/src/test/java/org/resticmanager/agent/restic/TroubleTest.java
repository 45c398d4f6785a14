package org.resticmanager.agent.restic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleTest {

  @ParameterizedTest
  @CsvSource({
    "0.14.0, 1,  norepo-backup.stderr,  REPOSITORY_MISSING",
    "0.18.0, 10, norepo-backup.stderr,  REPOSITORY_MISSING",
    "0.19.1, 10, norepo-backup.stderr,  REPOSITORY_MISSING",
    "0.14.0, 1,  wrongpw-backup.stderr, WRONG_PASSWORD",
    "0.18.0, 12, wrongpw-backup.stderr, WRONG_PASSWORD",
    "0.19.1, 12, wrongpw-backup.stderr, WRONG_PASSWORD",
    "0.14.0, 1,  init-again.stderr,     OTHER",
    "0.18.0, 1,  init-again.stderr,     OTHER",
    "0.19.1, 1,  init-again.stderr,     OTHER",
  })
  void isToldFromCodeAndWords(String version, int code, String file, Trouble expected) {
    assertThat(Trouble.of(code, Fixture.complaints(version, file))).isEqualTo(expected);
  }

  @Test
  void aLockNamesItsHolder() {
    Complaints old =
        said(
            "unable to create lock in backend: repository is already locked by PID 26599 on vm by"
                + " root (UID 0, GID 0)",
            "lock was created at 2026-11-23 16:07:21 (34.491596231s ago)",
            "storage ID eea42d21",
            "the `unlock` command can be used to remove stale locks");
    Complaints later =
        said(
            "{\"message_type\":\"exit_error\",\"code\":11,\"message\":\"unable to create lock in"
                + " backend: repository is already locked exclusively by PID 7 on vm by root (UID"
                + " 0, GID 0)\\nlock was created at 2026-11-23 16:07:21 (1s ago)\"}");

    assertThat(Trouble.of(1, old)).isEqualTo(Trouble.LOCKED);
    assertThat(Trouble.LOCKED.inWords(old))
        .startsWith(
            "the repository is locked by PID 26599 on vm by root since 2026-11-23 16:07:21");
    assertThat(Trouble.of(11, later)).isEqualTo(Trouble.LOCKED);
    assertThat(Trouble.LOCKED.inWords(later)).contains("by PID 7 on vm by root");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Stat(<config/>) returned error, retrying after 14.28127144s: Stat: Forbidden",
        "client.BucketExists: Access Denied.",
        "The request signature we calculated does not match the signature you provided.",
        "The Access Key Id you provided does not exist in our records."
      })
  void aKeyThatABucketRefusesIsARefusedUser(String words) {
    assertThat(Trouble.of(1, said(words))).isEqualTo(Trouble.UNAUTHORIZED);
  }

  @Test
  void aServerThatKnowsTheUserAndDeniesIsNoWrongPassword() {
    Complaints complaints =
        said(
            "{\"message_type\":\"exit_error\",\"code\":3,\"message\":\"failed to remove one or more"
                + " snapshots\\nunexpected HTTP response (403): 403 Forbidden\\nmain.init\\n"
                + "\\tgithub.com/restic/restic/cmd/restic/cmd_forget.go:67\"}");

    assertThat(Trouble.of(3, complaints)).isEqualTo(Trouble.FORBIDDEN);
    assertThat(Trouble.FORBIDDEN.inWords(complaints))
        .startsWith("the repository's server does not let this user delete")
        .doesNotContain("main.init", "cmd_forget");
  }

  @Test
  void aServerThatIsDownIsNotAMissingRepository() {
    Complaints complaints =
        said(
            "Fatal: unable to open config file: Head \"http://localhost:9/config\": dial tcp"
                + " 127.0.0.1:9: connect: connection refused",
            "Is there a repository at the following location?",
            "rest:http://localhost:9/");

    assertThat(Trouble.of(1, complaints)).isEqualTo(Trouble.UNREACHABLE);
    assertThat(Trouble.UNREACHABLE.inWords(complaints))
        .startsWith("the repository is not reachable (unable to open config file");
  }

  @Test
  void aRefusedUserIsNotAMissingRepository() {
    Complaints complaints =
        said(
            "Fatal: unable to open config file: unexpected HTTP response (401): 401 Unauthorized",
            "Is there a repository at the following location?");

    assertThat(Trouble.of(10, complaints)).isEqualTo(Trouble.UNAUTHORIZED);
  }

  @Test
  void aFolderThatMayNotBeReadIsNotAMissingRepository() {
    Complaints complaints =
        said(
            "Fatal: unable to open config file: stat /r/config: permission denied",
            "Is there a repository at the following location?");

    assertThat(Trouble.of(1, complaints)).isEqualTo(Trouble.PERMISSION_DENIED);
  }

  @Test
  void aCodeThatRestsOnNothingButTheVersionIsNotKept() {
    Complaints refused = said("Fatal: unexpected HTTP response (401): 401 Unauthorized");
    Complaints missing = said("Fatal: unable to open config file: stat /r/config: no such file");
    Complaints signal = said("\u001b[2Ksignal interrupt received, cleaning up");

    assertThat(Trouble.code(10, refused)).isEqualTo(1);
    assertThat(Trouble.code(1, missing)).isEqualTo(10);
    assertThat(Trouble.code(1, signal)).isEqualTo(130);
    assertThat(Trouble.code(143, said())).isEqualTo(130);
    assertThat(Trouble.code(3, said("x"))).isEqualTo(3);
    assertThat(Trouble.code(0, missing)).isZero();
  }

  @Test
  void aStackTraceIsNoReason() {
    Complaints complaints =
        said(
            "Save(<lock/ad9c>) returned error, retrying after 15.3s: open /r/l: permission denied",
            "open /r/locks/ad9c-tmp: permission denied",
            "github.com/restic/restic/internal/backend/local.(*Local).Save",
            "\tgithub.com/restic/restic/internal/backend/local/local.go:153",
            "main.glob..func2",
            "runtime.goexit",
            "\truntime/asm_amd64.s:1594",
            "unable to create lock in backend");

    assertThat(Trouble.of(1, complaints)).isEqualTo(Trouble.PERMISSION_DENIED);
    assertThat(Trouble.PERMISSION_DENIED.inWords(complaints))
        .endsWith("(open /r/locks/ad9c-tmp: permission denied; unable to create lock in backend)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u001b[2K", "   "})
  void silenceIsWordsToo(String line) {
    assertThat(Trouble.OTHER.inWords(said(line))).isEqualTo("restic gave no reason");
  }

  @Test
  void theReasonIsOneLineOfBoundedLength() {
    Complaints complaints = said("Fatal: first\tline", "second line " + "x".repeat(5000));

    assertThat(Trouble.OTHER.inWords(complaints))
        .startsWith("first?line; second line xxx")
        .hasSizeLessThan(700)
        .doesNotContain("\n");
  }

  private static Complaints said(String... lines) {
    Complaints complaints = new Complaints();
    for (String line : lines) {
      complaints.accept(line);
    }
    return complaints;
  }
}
