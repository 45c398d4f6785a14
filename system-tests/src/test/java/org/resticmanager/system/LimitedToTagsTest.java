package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * People and programs that are limited to the hosts with certain tags. Every documented call and
 * page is tried with a host that they do not see, and with one that is not there: nobody can tell
 * the two apart.
 */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class LimitedToTagsTest {

  private static final String NOTHING = "00000000-0000-7000-8000-000000000000";
  private static final String HIDDEN = "out-of-sight";
  private static final String SEEN_TAG = "in-sight";
  private static final String GROUP = "hidden-files";
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

  /** Those that name nothing of a host, and that nobody limited may use. */
  private static final Set<String> OF_NO_HOST = Set.of("person", "announcement", "signIn");

  /** Bodies that are good, where {@code {}} is not: what is refused is then the host. */
  private static final Map<String, String> BODIES =
      Map.of(
          "PUT /hosts/{host}/source-groups/{group}",
          "{\"includes\":[\"/x\"]}",
          "PUT /hosts/{host}/schedules-enabled",
          "{\"enabled\":false}",
          "PUT /hosts/{host}/schedules/{schedule}",
          "{\"cron\":\"0 2 * * *\",\"sourceGroups\":[\"" + GROUP + "\"]}");

  /** What pages take, of the host that is not seen; empty for those of no single thing. */
  private static final Map<String, String> QUERIES =
      Map.ofEntries(
          Map.entry("/dashboard.xhtml", ""),
          Map.entry("/hosts.xhtml", ""),
          Map.entry("/host.xhtml", "?id={host}"),
          Map.entry("/host-tags.xhtml", "?host={host}"),
          Map.entry("/agent-access.xhtml", "?host={host}"),
          Map.entry("/add-host.xhtml", "?host={host}"),
          Map.entry("/announced-hosts.xhtml", ""),
          Map.entry("/source-group.xhtml", "?host={host}&group={group}"),
          Map.entry("/schedule.xhtml", "?host={host}&schedule={schedule}"),
          Map.entry("/blackouts.xhtml", "?host={host}"),
          Map.entry("/bandwidth.xhtml", "?host={host}"),
          Map.entry("/retention-preview.xhtml", "?host={host}&group={group}"),
          Map.entry("/jobs.xhtml", "?host=" + HIDDEN),
          Map.entry("/job.xhtml", "?id={job}"),
          Map.entry("/repositories.xhtml", ""),
          Map.entry("/repository.xhtml", "?id={repository}"),
          Map.entry("/repository-edit.xhtml", "?id={repository}"),
          Map.entry("/repository-credentials.xhtml", "?id={repository}&slot=repo"),
          Map.entry("/maintenance-edit.xhtml", "?id={repository}"));

  private static Map<String, String> hidden;
  private static String seenHost;
  private static List<Api> limited;

  @BeforeAll
  static void twoHosts(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    String host = Peer.Enrolled.at(controlPlane, HIDDEN).host();
    tag(admin, host, "elsewhere");
    String repository = admin.addRepository("repository-" + HIDDEN, "/nowhere/" + HIDDEN, "secret");
    admin.connect(host, repository);
    admin.putSourceGroup(host, GROUP, List.of("/x"));
    admin.putSchedule(host, "hidden-nights", "0 2 * * *", GROUP);
    hidden =
        Map.of(
            "host",
            host,
            "group",
            GROUP,
            "schedule",
            "hidden-nights",
            "job",
            admin.runNow(host, GROUP),
            "repository",
            repository,
            "operation",
            "forget",
            "token",
            enrolmentToken(admin, host));
    seenHost = Peer.Enrolled.at(controlPlane, "within-sight").host();
    tag(admin, seenHost, SEEN_TAG);
    Somebody operator = Somebody.as(controlPlane, "operator", SEEN_TAG);
    limited =
        List.of(
            operator.api(),
            token(controlPlane, Somebody.as(controlPlane, "operator").api(), "none", SEEN_TAG));
  }

  private static void tag(Admin admin, String host, String... tags) {
    admin
        .api()
        .put(
            "/api/v1/hosts/" + host + "/tags",
            Json.createObjectBuilder().add("tags", Json.createArrayBuilder(List.of(tags))).build())
        .expect(200);
  }

  private static String enrolmentToken(Admin admin, String host) {
    return admin
        .api()
        .post(
            "/api/v1/enrolment-tokens",
            Json.createObjectBuilder().add("hostId", host).add("label", HIDDEN).build())
        .expect(201)
        .json()
        .getString("id");
  }

  private static JsonObject newToken(String scope, String... hostTags) {
    return Json.createObjectBuilder()
        .add("label", "limited")
        .add("scope", scope)
        .add("hostTags", Json.createArrayBuilder(List.of(hostTags)))
        .add("expiresInDays", 1)
        .build();
  }

  private static Api token(ControlPlane controlPlane, Api person, String... hostTags) {
    return controlPlane
        .api()
        .withToken(
            person
                .post("/api/v1/api-tokens", newToken("operate", hostTags))
                .expect(201)
                .json()
                .getString("token"));
  }

  /** A path or query that names what is hidden. */
  private static String ofHidden(String template) {
    return VARIABLE
        .matcher(template)
        .replaceAll(
            variable ->
                OF_NO_HOST.contains(variable.group(1))
                    ? NOTHING
                    : Optional.ofNullable(hidden.get(variable.group(1)))
                        .orElseThrow(
                            () -> new AssertionError("say what of a host it is: " + template)));
  }

  /** The same of what is not there: only what has an identifier can be looked for. */
  private static String ofNothing(String template) {
    return ofHidden(template.replaceAll("\\{(host|job|repository|token)}", NOTHING));
  }

  private static Api.Reply knock(DocumentedDoors.Call call, String path, Api api) {
    String body = BODIES.getOrDefault(call.toString(), "{}");
    return api.send(
        call.method(),
        "/api/v1" + path,
        call.method().startsWith("P") ? Optional.of(body) : Optional.empty());
  }

  private static String withoutIds(Api.Reply reply) {
    String body = reply.body();
    for (String variable : List.of("host", "job", "repository", "token")) {
      body = body.replace(hidden.get(variable), NOTHING);
    }
    return body;
  }

  private static void assertNamesNothingHidden(SoftAssertions doors, String what, Api.Reply reply) {
    doors
        .assertThat(reply.body())
        .as(what)
        .doesNotContain("repository-" + HIDDEN, GROUP, hidden.get("repository"))
        .doesNotContain("\"" + hidden.get("host"), "\"" + hidden.get("job"));
  }

  @Test
  void noCallTellsAHostThatIsNotSeenFromOneThatIsNotThere() {
    SoftAssertions doors = new SoftAssertions();
    for (DocumentedDoors.Call call : DocumentedDoors.calls()) {
      if (!VARIABLE.matcher(call.path()).find()) {
        continue;
      }
      for (Api somebody : limited) {
        Api.Reply reply = knock(call, ofHidden(call.path()), somebody);
        int refused = call.role().matches("viewer|operator") ? 404 : 403;
        doors.assertThat(reply.status()).as(call.toString()).isEqualTo(refused);
        if (reply.status() == 404) {
          Api.Reply ofNothing = knock(call, ofNothing(call.path()), somebody);
          doors
              .assertThat(withoutIds(reply))
              .as(call.toString())
              .isEqualTo(withoutIds(ofNothing.expect(404)));
        }
      }
    }
    doors.assertAll();
  }

  /** Or the comparison above would show nothing. */
  @Test
  void whoSeesEveryHostFindsWhatTheOthersDoNot(ControlPlane controlPlane) {
    Api viewer = Somebody.as(controlPlane, "viewer").api();
    for (DocumentedDoors.Call call : DocumentedDoors.calls()) {
      if (call.method().equals("GET")
          && call.role().equals("viewer")
          && !call.path().matches(".*/(stream|password-rotation)")) {
        assertThat(knock(call, ofHidden(call.path()), viewer).status())
            .as(call.toString())
            .isEqualTo(200);
      }
    }
    Admin admin = controlPlane.admin();
    String host = hidden.get("host");
    assertThat(admin.job(hidden.get("job")).getString("status")).isEqualTo("queued");
    assertThat(admin.api().get("/api/v1/hosts/" + host + "/source-groups").body()).contains(GROUP);
    assertThat(admin.api().get("/api/v1/hosts/" + host + "/agent-token").body()).contains("valid");
  }

  @Test
  void noListNamesAHostThatIsNotSeen() {
    SoftAssertions doors = new SoftAssertions();
    for (DocumentedDoors.Call call : DocumentedDoors.calls()) {
      if (call.method().equals("GET") && !VARIABLE.matcher(call.path()).find()) {
        for (Api somebody : limited) {
          Api.Reply reply = knock(call, call.path() + "?limit=1000", somebody);
          doors.assertThat(reply.status()).as(call.toString()).isIn(200, 403);
          assertNamesNothingHidden(doors, call.toString(), reply);
        }
      }
    }
    for (Api somebody : limited) {
      doors
          .assertThat(somebody.get("/api/v1/jobs?host=" + hidden.get("host")).body())
          .isEqualTo(somebody.get("/api/v1/jobs?host=" + NOTHING).body());
      doors.assertThat(somebody.get("/api/v1/hosts?limit=1000").body()).contains(seenHost);
    }
    doors.assertAll();
  }

  @Test
  void numbersOfAllHostsAreForWhoSeesAllHosts(ControlPlane controlPlane) {
    limited.forEach(somebody -> somebody.get("/metrics").expect(403));
    Somebody.as(controlPlane, "viewer").api().get("/metrics").expect(200);
  }

  @Test
  void noPageShowsAHostThatIsNotSeen() {
    SoftAssertions doors = new SoftAssertions();
    for (DocumentedDoors.Page page : DocumentedDoors.pages()) {
      if (page.role().matches("everybody|signed in")) {
        continue;
      }
      Api somebody = limited.get(0);
      if (page.role().equals("admin")) {
        doors.assertThat(somebody.get(page.path()).status()).as(page.path()).isEqualTo(403);
        continue;
      }
      assertThat(QUERIES).as("say what it takes of a host").containsKey(page.path());
      String query = QUERIES.get(page.path());
      Api.Reply reply = somebody.get(page.path() + ofHidden(query));
      doors
          .assertThat(reply.status())
          .as(page.path())
          .isEqualTo(somebody.get(page.path() + ofNothing(query)).status())
          .isLessThan(500);
      doors
          .assertThat(reply.body())
          .as(page.path())
          .doesNotContain("repository-" + HIDDEN, ">" + HIDDEN, ">" + GROUP);
    }
    doors.assertAll();
  }

  @Test
  void whatIsSeenIsLookedAfterAsEver(ControlPlane controlPlane) {
    Api operator = limited.get(0);
    String group = Admin.sourceGroup(seenHost, "files");
    operator.put(group, Admin.covering(List.of("/x")).build()).expect(200);
    operator.get("/api/v1/hosts/" + seenHost).expect(200);
    for (String list : List.of("jobs", "snapshots", "connection-events")) {
      operator.get("/api/v1/hosts/" + seenHost + "/" + list + "?cursor=x").expect(422);
    }
    operator.post(group + "/runs").expect(409);
    Admin admin = controlPlane.admin();
    admin.connect(seenHost, hidden.get("repository"));
    try {
      operator.get("/api/v1/repositories/" + hidden.get("repository")).expect(200);
      assertThat(operator.get("/api/v1/repositories").body()).contains("repository-" + HIDDEN);
      String job = operator.post(group + "/runs").expect(202).json().getString("id");
      operator.get("/api/v1/jobs/" + job).expect(200);
      operator.get("/api/v1/jobs/" + job + "/attempts?cursor=x").expect(422);
      operator.post("/api/v1/jobs/" + job + "/cancel").expect(200);
      operator.post("/api/v1/jobs/" + job + "/retry").expect(202);
    } finally {
      admin.connect(seenHost, admin.addRepository("repository-of-seen", "/nowhere/seen", "secret"));
    }
  }

  /** The hosts of a repository are asked for one by one to say how its maintenance stands. */
  @Test
  void theMaintenanceOfASharedRepositoryIsShownToWhoSeesOneOfItsHosts(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    String mine = Peer.Enrolled.at(controlPlane, "sharer-in-sight").host();
    String other = Peer.Enrolled.at(controlPlane, "sharer-elsewhere").host();
    tag(admin, mine, SEEN_TAG);
    tag(admin, other, "elsewhere");
    String repository = admin.addRepository("shared", "/nowhere/shared", "secret");
    admin.connect(mine, repository);
    admin.connect(other, repository);
    admin.putSourceGroup(
        other,
        "hidden-of-shared",
        Admin.covering(List.of("/x"))
            .add("retention", Json.createObjectBuilder().add("keepLast", 1))
            .build());

    for (Api somebody : limited) {
      String maintenance = "/api/v1/repositories/" + repository + "/maintenance";
      assertThat(somebody.get(maintenance).expect(200).body())
          .doesNotContain(other, "sharer-elsewhere", "hidden-of-shared");
    }
    assertThat(limited.get(0).get("/repository.xhtml?id=" + repository).expect(200).body())
        .contains("shared")
        .doesNotContain(other, "sharer-elsewhere", "hidden-of-shared");
  }

  @Test
  void otherTagsCountFromTheNextRequestOn(ControlPlane controlPlane) {
    Somebody person = Somebody.as(controlPlane, "viewer", SEEN_TAG);
    Api program = token(controlPlane, Somebody.as(controlPlane, "operator").api(), "elsewhere");
    String host = "/api/v1/hosts/" + hidden.get("host");
    person.api().get(host).expect(404);
    limit(controlPlane, person, "elsewhere");
    person.api().get(host).expect(200);
    program.get(host).expect(200);
    program.get("/api/v1/hosts/" + seenHost).expect(404);
    try (LogReader reader = new LogReader(person.api(), hidden.get("job"), "", Optional.empty())) {
      limit(controlPlane, person, SEEN_TAG);
      person.api().get(host).expect(404);
      await("the stream ends").atMost(Duration.ofMinutes(1)).until(reader::over);
      assertThat(reader.end()).isEmpty();
    }
    limit(controlPlane, person);
    person.api().get(host).expect(200);
  }

  private static void limit(ControlPlane controlPlane, Somebody person, String... hostTags) {
    controlPlane
        .admin()
        .api()
        .put(
            "/api/v1/people/" + person.id(),
            Json.createObjectBuilder()
                .add("hostTags", Json.createArrayBuilder(List.of(hostTags)))
                .build())
        .expect(200);
  }

  @Test
  void tokenSeesWhatBothItsTagsAndThoseOfItsPersonLetItSee(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    String both = Peer.Enrolled.at(controlPlane, "database-in-berlin").host();
    String other = Peer.Enrolled.at(controlPlane, "database-in-paris").host();
    tag(admin, both, "database", "berlin");
    tag(admin, other, "database", "paris");
    Somebody person = Somebody.as(controlPlane, "operator", "berlin");
    Api program = token(controlPlane, person.api(), "database");

    program.get("/api/v1/hosts/" + both).expect(200);
    program.get("/api/v1/hosts/" + other).expect(404);
    limit(controlPlane, person, "paris");
    program.get("/api/v1/hosts/" + both).expect(404);
    program.get("/api/v1/hosts/" + other).expect(200);
  }

  @Test
  void administratorsAreNotLimited(ControlPlane controlPlane) {
    Api admin = controlPlane.admin().api();
    JsonObject wanted =
        Json.createObjectBuilder()
            .add("name", "limited administrator")
            .add("role", "admin")
            .add("hostTags", Json.createArrayBuilder().add(SEEN_TAG))
            .build();
    assertRefused(admin.post("/api/v1/people", wanted));
    assertRefused(admin.post("/api/v1/api-tokens", newToken("admin", SEEN_TAG)));
    Somebody person = Somebody.as(controlPlane, "operator", SEEN_TAG);
    assertRefused(
        admin.put(
            "/api/v1/people/" + person.id(),
            Json.createObjectBuilder().add("role", "admin").build()));
    assertRefused(
        admin.put(
            "/api/v1/people/" + person.id(),
            Json.createObjectBuilder()
                .add("hostTags", Json.createArrayBuilder().add("Not A Tag"))
                .build()));
  }

  private static void assertRefused(Api.Reply reply) {
    assertThat(reply.expect(422).json().getString("field")).isEqualTo("hostTags");
  }
}
