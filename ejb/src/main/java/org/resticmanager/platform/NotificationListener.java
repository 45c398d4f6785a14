package org.resticmanager.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens for this node: one thread with one connection of the pool, for as long as the application
 * runs. A lost database is asked for again with growing pauses, and after each new beginning
 * everybody looks once at everything, because what was said in between is lost.
 *
 * <p>The connection is one of the pool's: only the pool knows the password on every server.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class NotificationListener {

  private static final Logger LOG = Logger.getLogger(NotificationListener.class.getName());

  /** Bounds how long a stop waits: the driver's waiting cannot be interrupted. */
  private static final int WAIT_MILLIS = 500;

  /** A connection that died without a word is found out by then. */
  private static final Duration PROBE_EVERY = Duration.ofSeconds(15);

  private static final int PROBE_LIMIT_SECONDS = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  @Inject Database database;
  @Inject Event<Notified> notified;
  @Inject Background background;
  @Resource ManagedThreadFactory threads;
  @Resource TimerService timers;

  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Thread thread;

  /**
   * Servers start timers when the whole application has started. A thread that asks for enterprise
   * beans earlier waits for that on Open Liberty, and holds a lock that the start itself needs.
   */
  @PostConstruct
  void startAfterTheApplication() {
    background.start();
    timers.createSingleActionTimer(0, new TimerConfig(null, false));
  }

  @Timeout
  void start() {
    thread = threads.newThread(this::listenForEver);
    thread.setName("restic-manager notifications");
    thread.start();
  }

  @PreDestroy
  void stop() {
    stop.countDown();
    if (thread == null) {
      return;
    }
    try {
      thread.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void listenForEver() {
    try {
      Duration pause = Duration.ZERO;
      while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = listen() ? Duration.ofSeconds(1) : longer(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server ends its threads
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.isZero() ? Duration.ofSeconds(1) : pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  /** Returns when the connection is lost or the application stops: whether it had listened. */
  private boolean listen() {
    boolean listening = false;
    try (var connection = database.connection()) {
      try (var statement = connection.createStatement()) {
        statement.execute("listen " + Notifications.CHANNEL);
      }
      listening = true;
      fire(Notified.ofAnything());
      receive(connection);
    } catch (SQLException | RuntimeException e) {
      if (!stopped()) {
        LOG.log(
            listening ? Level.WARNING : Level.FINE, "notifications wait for the database again", e);
      }
    }
    return listening;
  }

  private void receive(Connection connection) throws SQLException {
    PGConnection driver = connection.unwrap(PGConnection.class);
    long probed = System.nanoTime();
    while (!stopped()) {
      PGNotification[] received = driver.getNotifications(WAIT_MILLIS);
      if (received != null) {
        for (PGNotification notification : received) {
          Notifications.parse(notification.getParameter()).ifPresent(this::fire);
        }
      }
      if (System.nanoTime() - probed > PROBE_EVERY.toNanos()) {
        if (!connection.isValid(PROBE_LIMIT_SECONDS)) {
          throw new SQLException("the connection no longer answers");
        }
        probed = System.nanoTime();
      }
    }
    // whoever gets this connection from the pool next has not asked to listen
    try (var statement = connection.createStatement()) {
      statement.execute("unlisten *");
    }
  }

  private void fire(Notified event) {
    try {
      notified.fire(event);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "an observer of notifications failed", e);
    }
  }
}
