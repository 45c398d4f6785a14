package org.resticmanager.connection;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Says good-bye to the agents when the application is stopped in order. */
@Singleton
@Startup
public class Farewell {

  @Inject private Connections connections;

  @PreDestroy
  void closeAll() {
    connections.closeAll();
  }
}
