package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every call and every page that the documentation names, tried with every role: what the tables in
 * {@code docs/api.md} and {@code docs/security.md} say is what the doors do.
 */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class RolesTest {

  private static final String NOTHING = "00000000-0000-7000-8000-000000000000";

  /** Whose rights each role has. */
  private enum Role {
    VIEWER("viewer", Set.of("signed in", "viewer")),
    RESTORE_OPERATOR("restore-operator", Set.of("signed in", "viewer", "restore-operator")),
    OPERATOR("operator", Set.of("signed in", "viewer", "operator", "fleet-operator")),
    ADMIN(
        "admin",
        Set.of("signed in", "viewer", "operator", "fleet-operator", "restore-operator", "admin"));

    private final String wireName;
    private final Set<String> included;

    Role(String wireName, Set<String> included) {
      this.wireName = wireName;
      this.included = included;
    }
  }

  /** A door and the least role for it. */
  private record Door(String method, String path, String role) {}

  private static final Map<Role, Api> PEOPLE = new EnumMap<>(Role.class);
  private static Api agent;

  @BeforeAll
  static void letPeopleIn(ControlPlane controlPlane) {
    for (Role role : Role.values()) {
      PEOPLE.put(role, Somebody.as(controlPlane, role.wireName).api());
    }
    JsonObject machine =
        Json.createObjectBuilder()
            .add("token", controlPlane.admin().newEnrolmentToken())
            .add("hostname", "without-a-role")
            .add("os", "linux")
            .add("arch", "amd64")
            .build();
    agent =
        controlPlane
            .api()
            .withToken(
                controlPlane
                    .api()
                    .post("/api/v1/enrolments", machine)
                    .expect(201)
                    .json()
                    .getString("agentToken"));
  }

  /** What each variable stands for does not exist. */
  private static List<Door> calls() {
    return DocumentedDoors.calls().stream()
        .map(
            call ->
                new Door(
                    call.method(),
                    "/api/v1" + call.path().replaceAll("\\{[^}]*}", NOTHING),
                    call.role()))
        .toList();
  }

  private static Api.Reply knock(Door door, Api api) {
    boolean body = door.method().startsWith("P");
    return api.send(door.method(), door.path(), body ? Optional.of("{}") : Optional.empty());
  }

  @Test
  void everyCallOpensForTheRolesThatTheDocumentationNamesAndNoOther(ControlPlane controlPlane) {
    List<Door> calls = calls();
    assertThat(calls).hasSizeGreaterThan(60);
    SoftAssertions doors = new SoftAssertions();
    for (Door door : calls) {
      doors
          .assertThat(knock(door, controlPlane.api()).status())
          .as("nobody: %s", door)
          .isEqualTo(401);
      doors.assertThat(knock(door, agent).status()).as("an agent: %s", door).isEqualTo(401);
      for (Role role : Role.values()) {
        int status = knock(door, PEOPLE.get(role)).status();
        if (role.included.contains(door.role())) {
          doors
              .assertThat(status)
              .as("%s: %s", role.wireName, door)
              .isNotIn(401, 403)
              .isLessThan(500);
        } else {
          doors.assertThat(status).as("%s: %s", role.wireName, door).isEqualTo(403);
        }
      }
    }
    doors.assertAll();
  }

  @Test
  void everyPageOpensForTheRolesThatTheDocumentationNamesAndNoOther(ControlPlane controlPlane) {
    SoftAssertions doors = new SoftAssertions();
    List<DocumentedDoors.Page> pages = DocumentedDoors.pages();
    pages.forEach(page -> tryPage(page.path(), page.role(), controlPlane, doors));
    assertThat(pages).hasSizeGreaterThan(20);
    doors.assertAll();
  }

  private static void tryPage(
      String page, String least, ControlPlane controlPlane, SoftAssertions doors) {
    Api nobody = controlPlane.api();
    if (least.equals("everybody")) {
      doors.assertThat(nobody.get(page).status()).as("nobody: %s", page).isLessThan(300);
      return;
    }
    for (Api stranger : List.of(nobody, agent)) {
      Api.Reply reply = stranger.get(page);
      doors.assertThat(reply.status()).as("a stranger: %s", page).isBetween(302, 303);
      doors.assertThat(reply.header("Location")).contains("/sign-in.xhtml?from=");
    }
    for (Role role : Role.values()) {
      int status = PEOPLE.get(role).get(page).status();
      if (role.included.contains(least)) {
        // a page of one thing is not found without its name
        doors.assertThat(status).as("%s: %s", role.wireName, page).isIn(200, 302, 404);
      } else {
        doors.assertThat(status).as("%s: %s", role.wireName, page).isEqualTo(403);
      }
    }
  }
}
