package org.resticmanager.bench.fleet;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.resticmanager.bench.node.Api;

/**
 * A host that has been enrolled.
 *
 * @param id its identifier
 * @param token its agent's
 */
public record FleetHost(String id, String token) {

  /** The one source group of each. */
  public static final String GROUP = "files";

  /** Enrols it, connects it to a repository and gives it a source group. */
  public static FleetHost enrol(Api admin, String name, String repository) {
    JsonObject machine =
        Json.createObjectBuilder()
            .add("token", admin.post("/api/v1/enrolment-tokens", 201).getString("token"))
            .add("hostname", name)
            .add("os", "linux")
            .add("arch", "amd64")
            .build();
    JsonObject enrolled = admin.post("/api/v1/enrolments", machine, 201);
    FleetHost host = new FleetHost(enrolled.getString("hostId"), enrolled.getString("agentToken"));
    String path = "/api/v1/hosts/" + host.id();
    admin.put(
        path + "/repository-connection",
        Json.createObjectBuilder().add("repositoryId", repository).build(),
        204);
    admin.put(
        path + "/source-groups/" + GROUP,
        Json.createObjectBuilder()
            .add("includes", Json.createArrayBuilder().add("/home"))
            .add("excludes", Json.createArrayBuilder())
            .build(),
        200);
    return host;
  }

  /** Makes a repository that nobody ever opens; returns its identifier. */
  public static String repository(Api admin, String name) {
    return admin
        .post(
            "/api/v1/repositories",
            Json.createObjectBuilder()
                .add("name", name)
                .add("url", "/nowhere/" + name)
                .add("password", "nobody opens it")
                .build(),
            201)
        .getString("id");
  }

  /** Asks for a backup now; returns the job's identifier. */
  public String runNow(Api admin) {
    return admin
        .post("/api/v1/hosts/" + id + "/source-groups/" + GROUP + "/runs", 202)
        .getString("id");
  }

  @Override
  public String toString() {
    return "FleetHost[id=" + id + "]";
  }
}
