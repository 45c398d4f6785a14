package org.resticmanager.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs work on the server's managed threads: for observers of a commit, which are still inside the
 * ended transaction, and for whatever must not run on a socket's thread. A failure is logged.
 */
@ApplicationScoped
public class Background implements Executor {

  private static final Logger LOG = Logger.getLogger(Background.class.getName());

  @Resource private ManagedExecutorService executor;

  @Override
  public void execute(Runnable work) {
    executor.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "background work failed", e);
          }
        });
  }
}
