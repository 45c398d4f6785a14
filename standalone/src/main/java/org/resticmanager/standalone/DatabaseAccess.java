package org.resticmanager.standalone;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * How to reach the application's database.
 *
 * @param url {@code jdbc:postgresql:…}, without user and password in it, so that it may be shown
 * @param user the role to sign in as
 * @param password its password, never shown; empty if the database wants none
 */
record DatabaseAccess(String url, String user, String password) {
  private static final String CONNECT_TIMEOUT_SECONDS = "10";

  /**
   * A database host that vanishes says nothing: whoever has waited five minutes for an answer waits
   * in vain.
   */
  private static final List<String> LIMITS = List.of("socketTimeout=300", "tcpKeepAlive=true");

  DatabaseAccess {
    requireNonNull(url, "url");
    requireNonNull(user, "user");
    requireNonNull(password, "password");
  }

  /** With limits to how long it waits for an answer, unless the URL says its own. */
  String urlForApplication() {
    String limited = url;
    for (String limit : LIMITS) {
      String name = limit.substring(0, limit.indexOf('=') + 1);
      if (!limited.contains("?" + name) && !limited.contains("&" + name)) {
        limited += (limited.contains("?") ? "&" : "?") + limit;
      }
    }
    return limited;
  }

  /** Opens a connection; gives up after ten seconds. The caller closes it. */
  Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.setProperty("loginTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.setProperty("ApplicationName", "restic-manager");
    return DriverManager.getConnection(url, properties);
  }

  /**
   * Signs in once, so that a wrong setting is told before the server starts.
   *
   * @throws StartFailure if the database cannot be reached, does not exist, or refuses user and
   *     password
   */
  void check() {
    try (Connection connection = connect()) {
      connection.isValid(0);
    } catch (SQLException e) {
      throw new StartFailure(reason(e), e);
    }
  }

  private String reason(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return switch (state) {
      case "28P01", "28000" ->
          "%s, %s: %s refuses user \"%s\" with this password"
              .formatted(
                  StandaloneSettings.DATABASE_USER,
                  StandaloneSettings.DATABASE_PASSWORD,
                  url,
                  user);
      case "3D000" ->
          "%s: there is no such database at %s".formatted(StandaloneSettings.DATABASE_URL, url);
      case "08004" -> // what pgjdbc says when a password is demanded and none was set
          "%s: %s wants a password for user \"%s\""
              .formatted(StandaloneSettings.DATABASE_PASSWORD, url, user);
      default ->
          "%s: cannot connect to %s: %s"
              .formatted(StandaloneSettings.DATABASE_URL, url, Reasons.rootOf(e));
    };
  }

  @Override
  public String toString() {
    return "DatabaseAccess[url=" + url + ", user=" + user + "]";
  }
}
