package org.resticmanager.agent.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryAccessTest {

  private static final ResticVersion OLD = new ResticVersion(0, 14, "0.14.0");
  private static final ResticVersion NEW = new ResticVersion(0, 18, "0.18.0");

  @Test
  void laterVersionsTakeTheRestUserFromTheirEnvironment() {
    RepositoryAccess access =
        new RepositoryAccess("rest:https://backup:8000/web", "pw", "user", "s/ec:r@t", Map.of());

    assertThat(access.environment(NEW))
        .containsEntry("RESTIC_REPOSITORY", "rest:https://backup:8000/web")
        .containsEntry("RESTIC_PASSWORD", "pw")
        .containsEntry("RESTIC_REST_USERNAME", "user")
        .containsEntry("RESTIC_REST_PASSWORD", "s/ec:r@t");
  }

  @ParameterizedTest
  @CsvSource({
    "rest:https://backup:8000/web,       rest:https://u%40x:s%2Fec%3Ar%40t%C3%BC@backup:8000/web",
    "rest:http://backup,                 rest:http://u%40x:s%2Fec%3Ar%40t%C3%BC@backup",
    "rest:https://old:pw@backup/a@b,     rest:https://u%40x:s%2Fec%3Ar%40t%C3%BC@backup/a@b",
  })
  void olderVersionsTakeTheRestUserFromTheAddress(String url, String expected) {
    RepositoryAccess access = new RepositoryAccess(url, "pw", "u@x", "s/ec:r@tü", Map.of());

    assertThat(access.environment(OLD))
        .containsEntry("RESTIC_REPOSITORY", expected)
        .doesNotContainKey("RESTIC_REST_PASSWORD");
  }

  @ParameterizedTest
  @CsvSource({
    "s3:https://s3.example/bucket, AWS_ACCESS_KEY_ID,  AWS_SECRET_ACCESS_KEY",
    "b2:bucket:path,               B2_ACCOUNT_ID,      B2_ACCOUNT_KEY",
    "azure:container:/,            AZURE_ACCOUNT_NAME, AZURE_ACCOUNT_KEY",
  })
  void userAndKeyOfACloudReachResticUnderTheNamesThatItKnows(String url, String id, String key) {
    RepositoryAccess access = new RepositoryAccess(url, "pw", "user", "secret", Map.of());

    assertThat(access.environment(NEW))
        .containsEntry(id, "user")
        .containsEntry(key, "secret")
        .doesNotContainKey("RESTIC_REST_USERNAME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sftp:user@host:/r", "/srv/r", "gs:bucket:/"})
  void otherBackendsGetNoUser(String url) {
    RepositoryAccess access = new RepositoryAccess(url, "pw", "user", "secret", Map.of());

    assertThat(access.environment(NEW)).containsOnlyKeys("RESTIC_REPOSITORY", "RESTIC_PASSWORD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rclone::webdav,url=\"http://x\",bearer_token_command=\"sh /tmp/x\":p",
        "rclone:remote,bearer_token_command=sh:p",
        "rclone:-remote:p",
        "rclone:remote",
        "rclone:/srv/r:p",
        "rclone:a\nb:p",
        "rclone:",
        "sftp:-oProxyCommand=sh:/r",
        "sftp:user@-oProxyCommand=sh:/r",
        "sftp:a/b@-oProxyCommand=sh:/r",
        "sftp:-oProxyCommand=sh@host:/r",
        "sftp://-oProxyCommand=sh/r",
        "sftp://user:x@-oProxyCommand=sh/r",
        "sftp://%2DoProxyCommand=sh@host/r",
      })
  void aLocationThatCouldRunAProgramIsRefused(String url) {
    assertThat(problem(url)).hasValueSatisfying(words -> assertThat(words).contains("correct it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rclone:remote:path",
        "rclone:my drive_1.x+y@z-2:a/b, c:d -e",
        "rclone:remote:",
        "sftp:user@host:/srv/r-1",
        "sftp:host:dir@-x",
        "sftp://user@host:2222//srv/-r@-x",
        "sftp:backup-server:-r",
      })
  void aLocationThatNamesAServerOrARemoteIsTaken(String url) {
    assertThat(problem(url)).isEmpty();
  }

  private static Optional<String> problem(String url) {
    return new RepositoryAccess(url, "pw", "", "", Map.of()).problem();
  }

  @Test
  void variablesForTheBackendReachResticAndCountMoreThanUserAndKey() {
    RepositoryAccess access =
        new RepositoryAccess(
            "s3:https://s3.example/bucket",
            "pw",
            "user",
            "secret",
            Map.of("AWS_SESSION_TOKEN", "token", "AWS_ACCESS_KEY_ID", "another"));

    assertThat(access.environment(NEW))
        .containsEntry("AWS_SESSION_TOKEN", "token")
        .containsEntry("AWS_ACCESS_KEY_ID", "another")
        .containsEntry("AWS_SECRET_ACCESS_KEY", "secret");
  }

  @Test
  void secretVariablesAreTakenOutOfWhatResticSaysAndNamesAreNot() {
    RepositoryAccess access =
        new RepositoryAccess(
            "swift:container:/",
            "pw",
            "",
            "",
            Map.of("OS_PASSWORD", "topsecret", "OS_REGION_NAME", "north"));

    assertThat(new Redaction(access).apply("north refuses topsecret"))
        .isEqualTo("north refuses ***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"repo", "./repo", "~/repo", "local:repo", "http://host/repo"})
  void aLocationThatDependsOnTheWorkingFolderIsRefused(String url) {
    assertThat(new RepositoryAccess(url, "pw", "", "", Map.of()).problem()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv/r",
        "local:/srv/r",
        "C:\\r",
        "rest:http://h/",
        "s3:s3.example/b",
        "sftp:h:r"
      })
  void otherLocationsAreForResticToJudge(String url) {
    assertThat(new RepositoryAccess(url, "pw", "", "", Map.of()).problem()).isEmpty();
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(new RepositoryAccess("", "pw", "", "", Map.of()).problem().orElseThrow())
        .contains("no repository yet");
    assertThat(new RepositoryAccess("/r", "", "", "", Map.of()).problem().orElseThrow())
        .contains("password is missing");
  }

  @Test
  void secretsAreTakenOutOfWhatResticSays() {
    RepositoryAccess access =
        new RepositoryAccess("rest:http://h:8000/", "repo-pass", "user", "p\"ss w<rd", Map.of());
    Redaction redaction = new Redaction(access);

    assertThat(redaction.apply("Head \"http://user:p%22ss%20w%3Crd@h:8000/config\": refused"))
        .isEqualTo("Head \"http://user:***@h:8000/config\": refused");
    assertThat(redaction.apply("{\"m\":\"p\\\"ss w\\u003crd and repo-pass\"}"))
        .isEqualTo("{\"m\":\"*** and ***\"}");
    assertThat(redaction.apply("s3://key:topsecret@host/")).isEqualTo("s3://key:***@host/");
    assertThat(redaction.apply("/home/user: nothing secret"))
        .isEqualTo("/home/user: nothing secret");
  }

  @Test
  void itsTextHoldsNoSecret() {
    assertThat(new RepositoryAccess("rest:http://u:p@h/", "pw", "u", "cred", Map.of()))
        .hasToString("RepositoryAccess[]");
  }
}
