package org.resticmanager.web.agent;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.resticmanager.connection.ConnectionSettings;

/**
 * The threads that work on what agents send, and those that send to agents. They are ours alone
 * because the servers' own executors differ in how many threads they have (WildFly's a handful),
 * and apart because work on a message may get stuck, sending does not.
 */
@ApplicationScoped
class AgentWorkers {

  private static final long IDLE_SECONDS = 30;

  @Inject private ConnectionSettings settings;
  @Resource private ManagedThreadFactory threads;

  private ScheduledThreadPoolExecutor receiving;
  private ScheduledThreadPoolExecutor sending;

  @PostConstruct
  void start() {
    receiving = pool();
    sending = pool();
  }

  private ScheduledThreadPoolExecutor pool() {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(settings.workers(), threads);
    pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    pool.allowCoreThreadTimeOut(true);
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
