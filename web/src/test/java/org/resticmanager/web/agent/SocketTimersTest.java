package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.core.BaseContainer;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the Tyrus that Payara brings: another may keep its timers somewhere else. */
class SocketTimersTest {

  private final BaseContainer tyrus = new Sockets();
  private final ServletContextEvent application = new ServletContextEvent(contextWith(tyrus));
  private final SocketTimers timers = new SocketTimers();

  private static ServletContext contextWith(Object sockets) {
    return (ServletContext)
        Proxy.newProxyInstance(
            SocketTimersTest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) ->
                arguments[0].equals(ServerContainer.class.getName()) ? sockets : null);
  }

  /** As Payara's, without endpoints. */
  private static final class Sockets extends TyrusServerContainer {

    Sockets() {
      super(Set.of());
    }

    @Override
    public void register(Class<?> endpoint) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void register(ServerEndpointConfig endpoint) {
      throw new UnsupportedOperationException();
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Threads implements ManagedThreadFactory {

    @Override
    public Thread newThread(Runnable work) {
      return new Thread(work, "made by the server");
    }

    @Override
    public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void begin() {
    timers.factory = new Threads();
    timers.contextInitialized(application);
  }

  @AfterEach
  void end() {
    timers.contextDestroyed(application);
  }

  @Test
  void socketsCountOnAThreadOfTheServersFactory() throws Exception {
    String thread =
        tyrus
            .getScheduledExecutorService()
            .schedule(() -> Thread.currentThread().getName(), 1, TimeUnit.MILLISECONDS)
            .get(10, TimeUnit.SECONDS);

    assertThat(thread).isEqualTo("made by the server");
    assertThat(SocketTimers.longestIdleMillis()).isPositive();
  }

  @Test
  void whatWasGivenUpKeepsNoSocketInMemory() {
    ScheduledExecutorService executor = tyrus.getScheduledExecutorService();

    ScheduledFuture<?> idle = executor.schedule(() -> {}, 1, TimeUnit.DAYS);
    idle.cancel(true);

    assertThat(((ScheduledThreadPoolExecutor) executor).getQueue()).isEmpty();
  }

  @Test
  void theyEndWithTheApplication() {
    ScheduledExecutorService executor = tyrus.getScheduledExecutorService();

    timers.contextDestroyed(application);

    assertThat(executor.isShutdown()).isTrue();
  }
}
