package org.resticmanager.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says to every node that shares the database "look now" (PostgreSQL's NOTIFY). Observe {@link
 * Notified} to hear it.
 *
 * <p>A notification is a hint, not a message: it may be lost with a connection, so whoever waits
 * for one also looks by itself now and then. It says where to look, never what is there.
 */
@ApplicationScoped
public class Notifications {

  /** One channel for all topics: who listens has listened to everything from the first moment. */
  static final String CHANNEL = "restic_manager";

  private static final Pattern TOPIC = Pattern.compile("[a-z][a-z-]*");

  /** PostgreSQL takes 8000 bytes, the topic included. */
  private static final int MAX_PAYLOAD = 1000;

  private final Database database;

  @Inject
  public Notifications(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected Notifications() {
    database = null;
  }

  /**
   * Sends a notification when the caller's transaction commits, and none if it rolls back; at once
   * outside a transaction. The same one twice in a transaction arrives once.
   *
   * @param topic in kebab-case, such as {@code job-queued}
   * @param payload names what to look at, at most 1000 characters; no secret
   */
  public void notify(String topic, String payload) {
    notify(topic, List.of(payload));
  }

  /** As {@link #notify(String, String)}, for several in one round trip. */
  public void notify(String topic, Collection<String> payloads) {
    if (!TOPIC.matcher(topic).matches()) {
      throw new IllegalArgumentException("no topic: " + topic);
    }
    if (payloads.stream().anyMatch(payload -> payload.length() > MAX_PAYLOAD)) {
      throw new IllegalArgumentException("a payload names a thing, and this is too long for that");
    }
    try (var connection = database.connection();
        var send =
            connection.prepareStatement(
                "select pg_notify('"
                    + CHANNEL
                    + "', ? || ' ' || payload) from unnest(?) payload")) {
      send.setString(1, topic);
      send.setArray(2, connection.createArrayOf("text", payloads.toArray()));
      send.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot notify of " + topic, e);
    }
  }

  /** What has come through the channel; empty if it is not of ours. */
  static Optional<Notified> parse(String parameter) {
    int blank = parameter.indexOf(' ');
    return blank < 0 || !TOPIC.matcher(parameter.substring(0, blank)).matches()
        ? Optional.empty()
        : Optional.of(
            new Notified(
                parameter.substring(0, blank), Optional.of(parameter.substring(blank + 1))));
  }
}
