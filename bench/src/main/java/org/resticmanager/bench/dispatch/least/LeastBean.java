package org.resticmanager.bench.dispatch.least;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One bean with one statement. */
@Stateless
public class LeastBean {

  @Resource(lookup = "java:app/bench")
  private DataSource database;

  /** In a transaction of its own, which is committed when this returns. */
  public void update(int row) {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement("update bench_update set n = n + 1 where id = ?")) {
      update.setInt(1, row);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
