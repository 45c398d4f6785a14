package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All schedules of a host, switched on or off at once. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class SchedulesEnabledTest {

  private static final String NOTHING = "00000000-0000-7000-8000-000000000000";

  private Admin admin;
  private ControlPlane controlPlane;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin();
  }

  private Api.Reply enable(String host, boolean enabled) {
    return admin.api().put(path(host), Json.createObjectBuilder().add("enabled", enabled).build());
  }

  private static String path(String host) {
    return "/api/v1/hosts/" + host + "/schedules-enabled";
  }

  private boolean fires(String host, String schedule) {
    return admin.schedule(host, schedule).getBoolean("enabled");
  }

  private List<JsonObject> changes(String schedule) {
    return admin
        .api()
        .get("/api/v1/audit-events?action=schedule.changed&target=" + schedule)
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  @Test
  void noneFiresAndThenEveryOne() {
    String host = Peer.Enrolled.at(controlPlane, "at-once").host();
    admin.putSourceGroup(host, "etc", List.of("/etc"));
    admin.putSchedule(host, "nightly", "0 2 * * *", "etc");
    admin.putSchedule(host, "weekly", "0 4 * * 0", "etc");

    assertThat(enable(host, false).expect(200).json().getJsonArray("schedules"))
        .hasToString("[\"nightly\",\"weekly\"]");
    assertThat(fires(host, "nightly") || fires(host, "weekly")).isFalse();
    int version = admin.host(host).getInt("scheduleVersion");
    enable(host, false).expect(200);
    assertThat(admin.host(host).getInt("scheduleVersion"))
        .as("what changes nothing is no new version")
        .isEqualTo(version);
    JsonObject change = changes("at-once/weekly").get(0);
    assertThat(change.getJsonObject("before").getBoolean("enabled")).isTrue();
    assertThat(change.getJsonObject("after").getBoolean("enabled")).isFalse();

    enable(host, true).expect(200);
    assertThat(fires(host, "nightly") && fires(host, "weekly")).isTrue();
    assertThat(admin.host(host).getInt("scheduleVersion")).isEqualTo(version + 1);
    assertThat(changes("at-once/nightly")).hasSize(2);
  }

  @Test
  void whatIsMissingIsSaid() {
    String host = Peer.Enrolled.at(controlPlane, "without-schedules").host();
    assertThat(enable(host, false).expect(200).json().getJsonArray("schedules")).isEmpty();
    Api.Reply nothing = admin.api().send("PUT", path(host), Optional.of("{}")).expect(422);
    assertThat(nothing.json().getString("field")).isEqualTo("enabled");
    enable(NOTHING, true).expect(404);
  }
}
