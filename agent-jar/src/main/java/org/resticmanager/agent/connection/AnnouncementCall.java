package org.resticmanager.agent.connection;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonObject;
import java.util.Optional;
import org.resticmanager.agent.config.AnnouncementKey;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.protocol.announcement.Proof;

/** Announces this machine, and asks what was decided: {@code POST /api/v1/announcements}. */
public final class AnnouncementCall {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final JsonObject NOTHING = JsonObject.EMPTY_JSON_OBJECT;

  private final JsonCall call;
  private final AnnouncementKey key;

  public AnnouncementCall(ServerAddress server, ServerTrust trust, AnnouncementKey key) {
    this.call = new JsonCall(server, trust, "");
    this.key = key;
  }

  /**
   * Asks once.
   *
   * @param hostname the name that the host is to have
   * @return the id of the announcement; the same as before if there is one with this key
   * @throws EnrolmentFailed if nothing came of it
   */
  public String announce(String hostname, Machine machine) throws EnrolmentFailed {
    String challenge = challenge();
    String signed = Proof.ofAnnouncement(challenge, hostname, machine.os(), machine.arch());
    JsonObject body =
        JSON.createObjectBuilder()
            .add("publicKey", key.publicKey().base64())
            .add("hostname", hostname)
            .add("os", machine.os())
            .add("arch", machine.arch())
            .add("challenge", challenge)
            .add("signature", key.sign(signed))
            .build();
    return required(call.post("/announcements", body, CREATED), "id");
  }

  /**
   * Asks once.
   *
   * @return what the control plane made of us; empty while nobody has decided
   * @throws EnrolmentFailed if nobody answers; {@code REFUSED} if we were rejected, or the
   *     announcement has expired
   */
  public Optional<EnrolmentCall.Enrolled> claim(String announcement) throws EnrolmentFailed {
    String challenge = challenge();
    JsonObject body =
        JSON.createObjectBuilder()
            .add("challenge", challenge)
            .add("signature", key.sign(Proof.ofClaim(challenge, announcement)))
            .build();
    JsonObject answer = call.post("/announcements/" + announcement + "/claims", body, OK);
    return switch (required(answer, "status")) {
      case "open" -> Optional.empty();
      case "accepted" -> Optional.of(EnrolmentCall.Enrolled.of(answer, call));
      default ->
          throw new EnrolmentFailed(
              EnrolmentFailed.Obstacle.REFUSED, "an administrator has rejected this machine");
    };
  }

  private String challenge() throws EnrolmentFailed {
    return required(call.post("/announcements/challenges", NOTHING, CREATED), "challenge");
  }

  private String required(JsonObject answer, String name) throws EnrolmentFailed {
    String text = JsonCall.text(answer, name);
    if (text.isEmpty()) {
      throw call.incomplete(name);
    }
    return text;
  }
}
