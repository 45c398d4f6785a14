package org.resticmanager.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;

/** With a real PostgreSQL, and a pool of one connection that waits for a tenth of a second. */
class PatientDataSourceTest {

  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final int LIMIT_MILLIS = 100;
  private static final String LONGER = "select pg_sleep(0.5)";

  private Connection real;

  @BeforeEach
  void fillThePool() throws SQLException {
    real = DATABASE.dataSource().getConnection();
    real.setNetworkTimeout(Runnable::run, LIMIT_MILLIS);
  }

  @AfterEach
  void empty() throws SQLException {
    real.close();
  }

  @Test
  void whatTakesLongerThanThePoolAllowsIsWaitedFor() throws SQLException {
    try (Connection patient = new PatientDataSource(pool()).getConnection();
        var statement = patient.createStatement()) {
      assertThat(statement.execute(LONGER)).isTrue();
    }
  }

  @Test
  void theNextOneToHaveTheConnectionIsLimitedAsBefore() throws SQLException {
    new PatientDataSource(pool()).getConnection().close();

    assertThat(real.getNetworkTimeout()).isEqualTo(LIMIT_MILLIS);
    try (var statement = real.createStatement()) {
      assertThatThrownBy(() -> statement.execute(LONGER)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void whatTheDatabaseRefusesIsToldAsItIs() throws SQLException {
    try (Connection patient = new PatientDataSource(pool()).getConnection()) {
      assertThatThrownBy(() -> patient.prepareStatement("select nothing from nowhere").execute())
          .isInstanceOf(SQLException.class);
    }
  }

  /** Where its connection goes back to when it is closed. */
  private DataSource pool() {
    Connection pooled =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                    method.getName().equals("close") ? null : method.invoke(real, arguments));
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> pooled);
  }
}
