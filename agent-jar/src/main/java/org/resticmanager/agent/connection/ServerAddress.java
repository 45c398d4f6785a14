package org.resticmanager.agent.connection;

import java.net.URI;
import java.net.URISyntaxException;
import org.resticmanager.agent.config.ConfigProblem;

/**
 * Where the control plane is.
 *
 * @param base {@code http} or {@code https}, without a slash at its end
 */
public record ServerAddress(URI base) {

  /**
   * Reads what a person typed.
   *
   * @throws ConfigProblem if it is not an address of a web server
   */
  public static ServerAddress parse(String text) {
    String trimmed = text.strip().replaceAll("/+$", "");
    try {
      URI uri = new URI(trimmed);
      boolean web = "http".equalsIgnoreCase(uri.getScheme()) || isHttps(uri);
      if (web
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return new ServerAddress(uri);
      }
    } catch (URISyntaxException e) {
      // answered below, as any other text that is no address
    }
    throw new ConfigProblem(
        "the server must be given as http://HOST[:PORT] or https://HOST[:PORT], not as '"
            + text
            + "'");
  }

  private static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  URI socket() {
    String rest = base.toString().substring(base.getScheme().length());
    return URI.create((isHttps(base) ? "wss" : "ws") + rest + "/ws/agent");
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
