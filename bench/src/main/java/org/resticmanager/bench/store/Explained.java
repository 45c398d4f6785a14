package org.resticmanager.bench.store;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What EXPLAIN (ANALYZE, BUFFERS) says of a statement, which it has carried out.
 *
 * @param milliseconds planning and execution
 * @param pages of 8 KiB that were looked at, wherever they were found
 */
record Explained(double milliseconds, long pages) {

  static Explained of(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("explain (analyze, buffers, format json) " + sql)) {
      rows.next();
      try (JsonReader reader = Json.createReader(new StringReader(rows.getString(1)))) {
        JsonObject explained = reader.readArray().getJsonObject(0);
        JsonObject plan = explained.getJsonObject("Plan");
        return new Explained(
            explained.getJsonNumber("Planning Time").doubleValue()
                + explained.getJsonNumber("Execution Time").doubleValue(),
            plan.getJsonNumber("Shared Hit Blocks").longValue()
                + plan.getJsonNumber("Shared Read Blocks").longValue());
      }
    }
  }
}
