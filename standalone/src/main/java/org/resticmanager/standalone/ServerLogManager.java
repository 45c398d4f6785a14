package org.resticmanager.standalone;

import java.util.logging.LogManager;

/**
 * Keeps the log open until the server has stopped: Java's own log manager closes it as soon as the
 * process is told to end, and what goes wrong from then on would be lost. Public because Java
 * creates it by name.
 */
public final class ServerLogManager extends LogManager {

  /** Called by Java. */
  public ServerLogManager() {}

  @Override
  public void reset() {
    boolean shutdownHook =
        Thread.currentThread().getClass().getName().contains("LogManager$Cleaner");
    if (!shutdownHook) {
      super.reset();
    }
  }

  /** Closes the log. */
  static void close() {
    getLogManager().reset();
  }
}
