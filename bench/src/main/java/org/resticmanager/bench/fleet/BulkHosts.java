package org.resticmanager.bench.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * Many hosts behind the control plane's back, because to enrol each takes minutes: a row and the
 * hash of a token, and neither a repository nor a schedule, so that there is nothing to do for any.
 */
public final class BulkHosts {

  private BulkHosts() {}

  /** Makes them; returns their agents, not connected yet. */
  public static List<IdleAgent> make(int count, NodeDatabase database) throws SQLException {
    String secret = "rma_" + UUID.randomUUID() + "-";
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into host (id, name, hostname, os, arch, enrolled_at) select gen_random_uuid(),"
              + " 'bulk-' || i, 'bulk-' || i, 'linux', 'amd64', now() from generate_series(1, "
              + count
              + ") i");
      statement.execute(
          "insert into agent_token (id, token_hash, host_id, created_at) select gen_random_uuid(),"
              + " sha256(convert_to('"
              + secret
              + "' || name, 'UTF8')), id, now() from host where name like 'bulk-%'");
      statement.execute("analyze host, agent_token");
    }
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new IdleAgent(secret + "bulk-" + i))
        .toList();
  }
}
