package org.resticmanager.web.agent;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.resticmanager.connection.ConnectionSettings;

/**
 * The threads that work on what agents send, and those that send to agents. They are ours alone
 * because the servers' own executors differ in how many threads they have (WildFly's a handful),
 * and apart because work on a message may get stuck, sending does not.
 */
@ApplicationScoped
class AgentWorkers {

  @Inject private ConnectionSettings settings;
  @Resource private ManagedThreadFactory threads;

  private ScheduledThreadPoolExecutor receiving;
  private ScheduledThreadPoolExecutor sending;

  /** With the application, not with the first agent. */
  void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
    // a call makes the bean, and that makes the threads
  }

  @PostConstruct
  void start() {
    receiving = pool();
    sending = pool();
  }

  /**
   * All threads at once: when many agents come to a busy machine, to begin one takes a socket's
   * thread a second, and it may act for the agent that caused it.
   */
  private ScheduledThreadPoolExecutor pool() {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(settings.workers(), threads);
    pool.prestartAllCoreThreads();
    return pool;
  }

  ScheduledExecutorService receiving() {
    return receiving;
  }

  ScheduledExecutorService sending() {
    return sending;
  }

  @PreDestroy
  void stop() {
    receiving.shutdownNow();
    // what was to be said last, such as that the server restarts, still goes out
    sending.shutdown();
  }
}
