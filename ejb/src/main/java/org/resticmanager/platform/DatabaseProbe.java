package org.resticmanager.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks whether the database answers, and knows within seconds. A database that is frozen or cut off
 * keeps whoever asks it waiting for minutes, so one thread asks at a time and nobody waits for it
 * longer than a balancer does.
 */
@ApplicationScoped
public class DatabaseProbe {

  /** Balancers ask every few seconds; with the time they take it must stay below ten. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final int VALID_WITHIN_SECONDS = 3;

  private final AtomicReference<CompletableFuture<Boolean>> asking = new AtomicReference<>();
  @Inject Database database;
  @Inject Background background;

  /** Whether it has answered just now; false too if it takes its time. */
  public boolean answers() {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> others = asking.compareAndExchange(null, mine);
    if (others == null) {
      ask(mine);
    }
    try {
      return (others == null ? mine : others).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void ask(CompletableFuture<Boolean> answer) {
    try {
      background.execute(
          () -> {
            boolean valid = false;
            try {
              valid = valid();
            } finally {
              asking.set(null);
              answer.complete(valid);
            }
          });
    } catch (RejectedExecutionException e) { // the server stops
      asking.set(null);
      answer.complete(false);
    }
  }

  private boolean valid() {
    try (var connection = database.connection()) {
      return connection.isValid(VALID_WITHIN_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
