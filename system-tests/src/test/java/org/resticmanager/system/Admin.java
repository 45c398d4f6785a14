package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The administrator of a control plane, who works through the REST API. */
final class Admin {

  static final String NAME = "admin";

  private static final int PAGE = 100;

  private final Api api;

  /** Signs in. */
  Admin(Api anybody, String password) {
    JsonObject credentials =
        Json.createObjectBuilder().add("name", NAME).add("password", password).build();
    api =
        anybody.withToken(
            anybody.post("/api/v1/sign-in", credentials).expect(200).json().getString("token"));
  }

  Api api() {
    return api;
  }

  /** Adds a person; returns the link by which they choose their password. */
  static String invite(ControlPlane controlPlane, String name, String role) {
    return controlPlane
        .admin()
        .api()
        .post(
            "/api/v1/people",
            Json.createObjectBuilder().add("name", name).add("role", role).build())
        .expect(201)
        .json()
        .getString("link");
  }

  String newEnrolmentToken() {
    return api.post("/api/v1/enrolment-tokens").expect(201).json().getString("token");
  }

  /** With which a machine becomes this host. */
  String newEnrolmentToken(String host) {
    return api.post(
            "/api/v1/enrolment-tokens", Json.createObjectBuilder().add("hostId", host).build())
        .expect(201)
        .json()
        .getString("token");
  }

  /** Returns the repository's id. */
  String addRepository(String name, String url, String password) {
    JsonObject repository =
        Json.createObjectBuilder()
            .add("name", name)
            .add("url", url)
            .add("password", password)
            .build();
    return api.post("/api/v1/repositories", repository).expect(201).json().getString("id");
  }

  void correctPassword(String repository, String password) {
    api.put(
            "/api/v1/repositories/" + repository + "/password",
            Json.createObjectBuilder().add("password", password).build())
        .expect(204);
  }

  void connect(String host, String repository) {
    api.put(
            "/api/v1/hosts/" + host + "/repository-connection",
            Json.createObjectBuilder().add("repositoryId", repository).build())
        .expect(204);
  }

  void putSourceGroup(String host, String name, List<String> includes) {
    putSourceGroup(host, name, covering(includes).build());
  }

  /** Makes or replaces a source group; returns it as it stands then. */
  JsonObject putSourceGroup(String host, String name, JsonObject plan) {
    return api.put(sourceGroup(host, name), plan).expect(200).json();
  }

  /** A source group's plan to which more can be added. */
  static JsonObjectBuilder covering(List<String> includes) {
    return Json.createObjectBuilder().add("includes", Json.createArrayBuilder(includes));
  }

  /** Where a source group is. */
  static String sourceGroup(String host, String name) {
    return "/api/v1/hosts/" + host + "/source-groups/" + Api.segment(name);
  }

  /** Returns the schedule. */
  JsonObject putSchedule(String host, String name, String cron, String sourceGroup) {
    JsonObject schedule =
        Json.createObjectBuilder()
            .add("cron", cron)
            .add("jitterSeconds", 0)
            .add("sourceGroups", Json.createArrayBuilder().add(sourceGroup))
            .build();
    return api.put("/api/v1/hosts/" + host + "/schedules/" + name, schedule).expect(200).json();
  }

  /** A schedule as it is now. */
  JsonObject schedule(String host, String name) {
    return api.get("/api/v1/hosts/" + host + "/schedules/" + name).expect(200).json();
  }

  /** Queues a backup; returns the job's id. */
  String runNow(String host, String sourceGroup) {
    return api.post(sourceGroup(host, sourceGroup) + "/runs").expect(202).json().getString("id");
  }

  /** Queues a backup that is tried again by the rule of its source group; returns its id. */
  String runNowWithRetry(String host, String sourceGroup) {
    return api.post(
            sourceGroup(host, sourceGroup) + "/runs",
            Json.createObjectBuilder().add("retry", true).build())
        .expect(202)
        .json()
        .getString("id");
  }

  /** All attempts of the same, newest first. */
  List<JsonObject> attempts(String job) {
    return items(api.get("/api/v1/jobs/" + job + "/attempts").expect(200));
  }

  /** The host of this name, which must be there. */
  JsonObject hostNamed(String name) {
    List<JsonObject> found =
        all("/api/v1/hosts").stream().filter(host -> host.getString("name").equals(name)).toList();
    assertThat(found).as("hosts named " + name).hasSize(1);
    return found.get(0);
  }

  JsonObject host(String id) {
    return api.get("/api/v1/hosts/" + id).expect(200).json();
  }

  void awaitOnline(String host) {
    await("the host is online")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> host(host).getBoolean("online"));
  }

  JsonObject job(String id) {
    return api.get("/api/v1/jobs/" + id).expect(200).json();
  }

  /** The jobs of a host, newest first. */
  List<JsonObject> jobs(String host) {
    return all("/api/v1/hosts/" + host + "/jobs");
  }

  List<JsonObject> snapshots(String host) {
    return all("/api/v1/hosts/" + host + "/snapshots");
  }

  /** The whole log of a job, read in pages, in the order in which it comes. */
  List<JsonObject> log(String job) {
    List<JsonObject> lines = new ArrayList<>();
    List<JsonObject> page;
    do {
      long after = lines.isEmpty() ? 0 : seq(lines.get(lines.size() - 1));
      page = items(api.get("/api/v1/jobs/" + job + "/log?after=" + after + "&limit=" + PAGE));
      lines.addAll(page);
    } while (!page.isEmpty());
    return lines;
  }

  static long seq(JsonObject line) {
    return line.getJsonNumber("seq").longValueExact();
  }

  private List<JsonObject> all(String path) {
    List<JsonObject> all = new ArrayList<>();
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      Api.Reply reply =
          api.get(path + "?limit=" + PAGE + "&cursor=" + Api.segment(cursor.get())).expect(200);
      all.addAll(items(reply));
      cursor = Optional.ofNullable(reply.json().getString("nextCursor", null));
    }
    return all;
  }

  private static List<JsonObject> items(Api.Reply reply) {
    return reply.expect(200).json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  /** Waits for a job's end and returns it as it is then. */
  JsonObject awaitEnd(String job, Duration limit) {
    return watch(job, limit, state -> {});
  }

  /**
   * As {@link #awaitEnd}; shows each state that is seen on the way. A server that is away waits.
   */
  JsonObject watch(String job, Duration limit, Consumer<JsonObject> watcher) {
    AtomicReference<JsonObject> last = new AtomicReference<>();
    await("the end of job " + job)
        .atMost(limit)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(UncheckedIOException.class)
        .until(
            () -> {
              last.set(job(job));
              watcher.accept(last.get());
              return ended(last.get());
            });
    return last.get();
  }

  /** Waits until a job runs and has shown progress. */
  void awaitProgress(String job) {
    await("progress of job " + job)
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> job(job).containsKey("progress"));
  }

  /** Waits until the repository that the host was just connected to is known to exist. */
  void awaitInit(String host) {
    await("the repository of host " + host)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                jobs(host).stream()
                    .anyMatch(
                        job ->
                            job.getString("kind").equals("init")
                                && job.getString("status").equals("succeeded")));
  }

  /** Waits until nothing is queued or running on a host. */
  void awaitIdle(String host) {
    await("no open job on host " + host)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> jobs(host).stream().allMatch(Admin::ended));
  }

  static boolean ended(JsonObject job) {
    return !List.of("queued", "running").contains(job.getString("status"));
  }

  /** What the job says of its failure, or of what to look at; empty if nothing. */
  static String error(JsonObject job) {
    return job.getString("error", "");
  }
}
