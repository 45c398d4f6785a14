package org.resticmanager.web.agent;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where Tyrus counts how long a socket has been idle: it begins anew with each frame, in and out,
 * by another task for a scheduled executor. The one that it finds on Payara (6.2025) looks through
 * the whole class path for context providers each time, behind one lock for the whole server, and
 * keeps a task that was given up, and its socket, until it would have been due. So it gets one of
 * ours, on a thread of the server's factory. Tyrus (2.1.5) has no setting for that: its container
 * keeps the executor in a field. Other servers, and a Tyrus without that field, are left alone.
 */
@WebListener
public class SocketTimers implements ServletContextListener {

  private static final Logger LOG = Logger.getLogger(SocketTimers.class.getName());

  private static final String TYRUS_CONTAINER = "org.glassfish.tyrus.core.BaseContainer";

  private static volatile boolean ours;

  @Resource ManagedThreadFactory factory;

  private ScheduledThreadPoolExecutor timers;

  /**
   * The limit of a socket that somebody else looks after. With our timers a long one: of none Tyrus
   * makes a task for each frame that is due at once. Without them none: Payara's would keep each
   * frame's task, and its socket, for as long as that.
   */
  static long longestIdleMillis() {
    return ours ? Duration.ofDays(1).toMillis() : 0;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    Object sockets = event.getServletContext().getAttribute(ServerContainer.class.getName());
    Class<?> type = sockets.getClass();
    while (type != null && !type.getName().equals(TYRUS_CONTAINER)) {
      type = type.getSuperclass();
    }
    if (type != null) {
      timers = new ScheduledThreadPoolExecutor(1, factory);
      timers.setRemoveOnCancelPolicy(true);
      timers.prestartCoreThread();
      give(sockets, type);
    }
  }

  private void give(Object sockets, Class<?> tyrus) {
    try {
      Field field = tyrus.getDeclaredField("managedScheduledExecutorService");
      field.setAccessible(true);
      field.set(sockets, timers);
      ours = true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.WARNING, "sockets keep the server's own timers, which are slow", e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (timers != null) {
      timers.shutdownNow();
    }
  }
}
