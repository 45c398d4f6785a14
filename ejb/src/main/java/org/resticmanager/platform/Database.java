package org.resticmanager.platform;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The one data source, which the server's administrator defines as {@code jdbc/restic-manager} (on
 * WildFly {@code java:/jdbc/restic-manager}). Connections taken inside a transaction belong to it.
 */
@ApplicationScoped
public class Database {

  private static final String JNDI_NAME = "jdbc/restic-manager";

  private DataSource dataSource;

  /** Looked up by hand because the servers resolve a relative name in {@code @Resource} apart. */
  @SuppressWarnings("BanJNDI") // the name is a constant, no input reaches it
  @PostConstruct
  void lookUp() {
    try {
      dataSource = InitialContext.doLookup(JNDI_NAME);
    } catch (NamingException e) {
      throw new IllegalStateException(
          "the server has no data source '" + JNDI_NAME + "': define one (docs/servers.md)", e);
    }
  }

  /** The pool itself, for libraries that want it. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** A connection from the pool; close it soon, and never hold it while waiting for a network. */
  public Connection connection() throws SQLException {
    return dataSource.getConnection();
  }
}
