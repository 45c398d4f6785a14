package org.resticmanager.container;

import jakarta.ejb.Schedule;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.resticmanager.TestConfig;
import org.resticmanager.TestDatabase;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.Conversation;
import org.resticmanager.connection.OpenConnections;
import org.resticmanager.host.CallerSight;
import org.resticmanager.host.Sight;
import org.resticmanager.platform.Background;
import org.resticmanager.platform.Clocks;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Entities;
import org.resticmanager.platform.NotificationListener;
import org.resticmanager.protocol.wire.Hello;

/**
 * A node without a server: all beans of this module with real CDI, JPA and transactions, a
 * PostgreSQL of their own and a clock that the test sets, for the database too. Timers run when the
 * test says so, and work in the background at once, so that a test sees everything in one order.
 */
public final class TestContainer implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("org.resticmanager");

  /** Kept, or its level would be forgotten. */
  private static final Logger WELD = Logger.getLogger("org.jboss.weld");

  /** Replaced here, or in need of a server's threads. */
  private static final Set<Class<?>> LEFT_OUT =
      Set.of(
          Background.class,
          Clocks.class,
          Database.class,
          Entities.class,
          NotificationListener.class);

  /** Who comes in is asked before boundaries are called, and needs a server's security. */
  private static final List<String> COMPONENTS_LEFT_OUT =
      List.of(
          "org.resticmanager.user",
          "org.resticmanager.enrolment",
          "org.resticmanager.singlesignon");

  private static final String SECRET_KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private static final List<Class<? extends Annotation>> BEANS =
      List.of(ApplicationScoped.class, RequestScoped.class, Stateless.class, Singleton.class);

  private final TestDatabase database = TestDatabase.create();
  private final SimulatedClock clock;
  private final Transactions transactions;
  private final List<String> warnings = new ArrayList<>();
  private final Handler listener = new Warnings(warnings);
  private final WeldContainer beans;

  /** With its clock at this moment. */
  public TestContainer(Instant begin) {
    clock = new SimulatedClock(database, begin);
    transactions = new Transactions(database);
    LOG.addHandler(listener);
    WELD.setLevel(Level.WARNING);
    Weld weld =
        new Weld()
            .disableDiscovery()
            .addServices(transactions)
            .beanClasses(classes())
            .addBeanClass(TransactionInterceptor.class)
            .addExtension(
                new EnterpriseBeans()
                    .provide(Transactions.class, transactions)
                    .provide(EntityManager.class, transactions.entityManager())
                    .provide(Database.class, database)
                    .provide(Clock.class, clock)
                    .provide(
                        Config.class,
                        TestConfig.of(Map.of("restic-manager.secret-key", SECRET_KEY)))
                    .provide(SessionContext.class, callerNamed("operator"))
                    .provide(Background.class, new AtOnce()));
    beans = weld.initialize();
  }

  private static Class<?>[] classes() {
    try {
      Path root = Path.of(Clocks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root.resolve("org/resticmanager"))) {
        return files
            .map(file -> root.relativize(file).toString())
            .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
            .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
            .map(TestContainer::load)
            .filter(type -> BEANS.stream().anyMatch(type::isAnnotationPresent))
            .filter(type -> !LEFT_OUT.contains(type))
            .filter(type -> !COMPONENTS_LEFT_OUT.contains(type.getPackageName()))
            .toArray(Class<?>[]::new);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, TestContainer.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything as it is by default, but for a secret key of its own. */
  private static SessionContext callerNamed(String name) {
    Principal caller = () -> name;
    return (SessionContext)
        Proxy.newProxyInstance(
            TestContainer.class.getClassLoader(),
            new Class<?>[] {SessionContext.class},
            (proxy, method, arguments) -> {
              return switch (method.getName()) {
                case "getCallerPrincipal" -> caller;
                case "isCallerInRole" -> true;
                default -> throw new UnsupportedOperationException(method.getName());
              };
            });
  }

  /** The bean of this type. */
  public <T> T get(Class<T> type) {
    return beans.select(type).get();
  }

  /** For what a test wants to see with its own eyes. */
  public TestDatabase database() {
    return database;
  }

  /** What the clock shows. */
  public Instant now() {
    return clock.instant();
  }

  /** What a caller is answered who sees these hosts only. */
  public <T> T seeing(Sight sight, Supplier<T> call) {
    RequestContextController request = get(RequestContextController.class);
    request.activate();
    try {
      get(CallerSight.class).from(() -> sight);
      return call.get();
    } finally {
      request.deactivate();
    }
  }

  /** Sets the clock of the node and of its database. */
  public void moveClock(Instant moment) {
    clock.set(moment);
  }

  /** Runs the timers of a bean, as the server would when their time has come. */
  public void tick(Class<?> sweep) {
    Object bean = get(sweep);
    for (Method method : sweep.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Schedule.class)) {
        try {
          method.setAccessible(true);
          method.invoke(bean);
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** What was logged as a warning or worse since it began. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Connects an agent: its socket is open, and it has said hello. */
  public void connect(AgentConnection agent, Hello hello) {
    get(OpenConnections.class).add(agent);
    get(Conversation.class).greet(agent, hello);
  }

  @Override
  public void close() {
    beans.shutdown();
    transactions.close();
    clock.close();
    LOG.removeHandler(listener);
  }

  /** In the same thread, when the transaction is over. */
  private static final class AtOnce extends Background {

    @Override
    public void execute(Runnable work) {
      work.run();
    }
  }

  private static final class Warnings extends Handler {

    private final List<String> warnings;

    Warnings(List<String> warnings) {
      this.warnings = warnings;
    }

    @Override
    public void publish(LogRecord logged) {
      if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
        warnings.add(logged.getMessage() + " " + logged.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
