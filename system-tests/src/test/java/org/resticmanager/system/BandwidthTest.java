package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** How much of the network restic is told to take, as its command line says it. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class BandwidthTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private ControlPlane controlPlane;
  private Admin admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin();
  }

  private static String path(String host) {
    return "/api/v1/hosts/" + host + "/bandwidth";
  }

  private static JsonObjectBuilder limits(long uploadKib, long downloadKib) {
    return Json.createObjectBuilder().add("uploadKib", uploadKib).add("downloadKib", downloadKib);
  }

  /** All week, whatever the hour is. */
  private static JsonObjectBuilder always(long uploadKib, long downloadKib) {
    JsonArrayBuilder days = Json.createArrayBuilder();
    for (DayOfWeek day : DayOfWeek.values()) {
      days.add(day.name().toLowerCase(Locale.ROOT));
    }
    return limits(uploadKib, downloadKib).add("days", days).add("from", "00:00").add("to", "00:00");
  }

  @Test
  void windowOfTheHostCountsAndLimitsOfAJobCountMore() {
    try (AgentHost machine = new AgentHost("limited", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      admin.connect(
          host,
          admin.addRepository(
              machine.name(), machine.folder().resolve("repo").toString(), Secrets.random()));
      Path source = machine.newFolder("source");
      admin.putSourceGroup(host, GROUP, List.of(source.toString()));
      admin.awaitInit(host);
      JsonObject plan =
          limits(11, 0).add("windows", Json.createArrayBuilder().add(always(1024, 4096))).build();
      admin.api().put(path(host), plan).expect(200);

      SourceFiles.large(source.resolve("file"), 4, 1);
      String job = admin.runNow(host, GROUP);
      awaitArguments(machine, "--limit-upload=1024 --limit-download=4096 backup");
      assertThat(admin.awaitEnd(job, LIMIT).getString("status")).isEqualTo("succeeded");

      SourceFiles.large(source.resolve("file"), 4, 2);
      String other = run(host, Json.createObjectBuilder().add("limitUploadKib", 2048));
      awaitArguments(machine, "--limit-upload=2048 backup");
      assertThat(admin.awaitEnd(other, LIMIT).getString("status")).isEqualTo("succeeded");
    }
  }

  private static void awaitArguments(AgentHost machine, String arguments) {
    await("a restic with " + arguments)
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> machine.processes().stream().anyMatch(process -> process.contains(arguments)));
  }

  private String run(String host, JsonObjectBuilder body) {
    return admin
        .api()
        .post("/api/v1/hosts/" + host + "/source-groups/" + GROUP + "/runs", body.build())
        .expect(202)
        .json()
        .getString("id");
  }

  @Test
  void agentThatCannotLimitRunsWithoutTheHostsLimitsButNotWithAJobsOwn() {
    Enrolled machine = Peer.ready(controlPlane, "unlimited", GROUP);
    admin.api().put(path(machine.host()), limits(512, 0).build()).expect(200);
    String ofItsOwn = run(machine.host(), Json.createObjectBuilder().add("limitUploadKib", 100));
    try (Peer peer = machine.hello("ack")) {
      JsonObject ended = admin.awaitEnd(ofItsOwn, LIMIT);
      assertThat(ended.getString("status")).isEqualTo("failed");
      assertThat(Admin.error(ended)).contains("bandwidth", "update the agent");

      String job = admin.runNow(machine.host(), GROUP);
      JsonObject command = peer.await1("command.run", run -> run.getString("job_id").equals(job));
      assertThat(command).doesNotContainKeys("limit_upload_kib", "limit_download_kib");
    }
  }

  @Test
  void agentThatCanLimitIsToldSoWithTheJob() {
    Enrolled machine = Peer.ready(controlPlane, "told", GROUP);
    admin.api().put(path(machine.host()), limits(512, 0).build()).expect(200);
    String job = admin.runNow(machine.host(), GROUP);
    try (Peer peer = machine.hello("ack", "bandwidth")) {
      JsonObject command = peer.await1("command.run", run -> run.getString("job_id").equals(job));

      assertThat(command.getInt("limit_upload_kib")).isEqualTo(512);
      assertThat(command.getInt("limit_download_kib")).isZero();
    }
  }

  @Test
  void limitsAreKeptAsTheyWereWrittenAndNobodyOverwritesThemUnseen() {
    Enrolled machine = Enrolled.at(controlPlane, "planned");
    String seen = admin.api().get(path(machine.host())).expect(200).header("ETag");
    JsonObject plan =
        limits(7, 8)
            .add("zone", "Europe/Berlin")
            .add("windows", Json.createArrayBuilder().add(always(1, 2)))
            .build();

    Api.Reply first = put(machine.host(), plan, seen).expect(200);
    put(machine.host(), plan, seen).expect(412);

    assertThat(first.json().getString("zone")).isEqualTo("Europe/Berlin");
    assertThat(admin.api().get(path(machine.host())).expect(200).json()).isEqualTo(first.json());
    JsonObject refusal = put(machine.host(), limits(-1, 0).build(), "*").expect(422).json();
    assertThat(refusal.getString("field")).isEqualTo("uploadKib");
  }

  @Test
  void personSetsThemOnAPage() {
    Enrolled machine = Enrolled.at(controlPlane, "by-hand");
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
      Page page = browser.page();
      browser.openHost(machine.host());
      page.click("#bandwidth");
      page.fill("#uploadKib", "many");
      page.fill("#windows", "mon-fri 08:00-18:00 2048 4096");
      page.click("#save");
      PlaywrightAssertions.assertThat(page.locator(".ui-message-error"))
          .containsText("Must be a whole number");
      page.fill("#uploadKib", "512");
      browser.takePictures("bandwidth");
      browser.assertFitsNarrowScreen();
      page.click("#save");

      page.waitForURL("**/host.xhtml?id=*");
      JsonObject kept = admin.api().get(path(machine.host())).expect(200).json();
      assertThat(kept.getInt("uploadKib")).isEqualTo(512);
      assertThat(kept.getJsonArray("windows").getJsonObject(0).getInt("downloadKib"))
          .isEqualTo(4096);
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private Api.Reply put(String host, JsonObject plan, String etag) {
    return admin
        .api()
        .send("PUT", path(host), Optional.of(plan.toString()), Map.of("If-Match", etag));
  }
}
