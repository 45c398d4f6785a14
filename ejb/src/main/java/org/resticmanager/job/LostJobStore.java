package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.resticmanager.platform.Database;

/** Which running jobs belong to hosts that are not heard of; call it inside a transaction. */
@ApplicationScoped
public class LostJobStore {

  private final Database database;

  @Inject
  LostJobStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected LostJobStore() {
    this(null);
  }

  /**
   * The running jobs of hosts that were not heard of for so long, oldest first. By the database's
   * clock: that of a node may be wrong, and the hosts are those of all nodes.
   */
  List<JobId> ofHostsSilentFor(Duration silence) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select j.id from job j join host h on h.id = j.host_id where j.status = 'running'"
                    + " and coalesce(h.last_seen_at, h.enrolled_at)"
                    + " < clock_timestamp() - make_interval(secs => ?) order by j.id")) {
      select.setLong(1, silence.toSeconds());
      try (var rows = select.executeQuery()) {
        List<JobId> jobs = new ArrayList<>();
        while (rows.next()) {
          jobs.add(new JobId(rows.getObject(1, UUID.class)));
        }
        return jobs;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for lost jobs", e);
    }
  }
}
