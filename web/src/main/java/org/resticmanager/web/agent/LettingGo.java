package org.resticmanager.web.agent;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;

/** Does what another handler does, until the connection is closed; then it refers to nothing. */
public class LettingGo implements HttpUpgradeHandler {

  private volatile HttpUpgradeHandler handler;

  /** Made by the server. */
  public LettingGo() {}

  void become(HttpUpgradeHandler wanted) {
    handler = wanted;
  }

  @Override
  public void init(WebConnection connection) {
    handler.init(connection);
  }

  @Override
  public void destroy() {
    HttpUpgradeHandler closed = handler;
    handler = null;
    if (closed != null) {
      closed.destroy();
    }
  }
}
