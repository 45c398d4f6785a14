package org.resticmanager.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;

/** With a real PostgreSQL; the container's part is played by the test. */
class NotificationsTest {

  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Notified ANYTHING = Notified.ofAnything();

  private final List<Notified> heard = new CopyOnWriteArrayList<>();
  private final Notifications notifications = new Notifications(DATABASE);
  private final NotificationListener listener = new NotificationListener();

  @BeforeEach
  void listen() {
    listener.database = DATABASE;
    listener.notified = event();
    listener.threads = new PlainThreads();
    listener.start();
    await().until(() -> heard.equals(List.of(ANYTHING)));
  }

  @AfterEach
  void stop() {
    listener.stop();
  }

  @SuppressWarnings("unchecked")
  private Event<Notified> event() {
    return (Event<Notified>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Event.class},
            (proxy, method, arguments) -> {
              heard.add((Notified) arguments[0]);
              if (heard.get(heard.size() - 1).payload().equals(Optional.of("fail"))) {
                throw new IllegalStateException("an observer fails, on purpose");
              }
              return null;
            });
  }

  @Test
  void everybodyLooksOnceWhenListeningBegins() {
    assertThat(heard).containsExactly(ANYTHING);
    assertThat(ANYTHING.about("any-topic")).isTrue();
  }

  @Test
  void notificationArrivesWhenItsTransactionCommits() {
    DATABASE.inTransaction(
        () -> {
          notifications.notify("job-log", List.of("one", "two words", "one"));
          notifications.notify("job-queued", "three");
          return null;
        });

    await().until(() -> heard.size() == 4);
    assertThat(heard.subList(1, 4))
        .containsExactly(
            new Notified("job-log", Optional.of("one")),
            new Notified("job-log", Optional.of("two words")),
            new Notified("job-queued", Optional.of("three")));
    assertThat(heard.get(1).about("job-log")).isTrue();
    assertThat(heard.get(1).about("job-queued")).isFalse();
  }

  @Test
  void notificationOfATransactionThatFailsDoesNotArrive() {
    assertThatThrownBy(
            () ->
                DATABASE.inTransaction(
                    () -> {
                      notifications.notify("job-log", "never");
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    notifications.notify("job-log", "later");

    await().until(() -> heard.size() == 2);
    assertThat(heard.get(1).payload()).contains("later");
  }

  @Test
  void everybodyLooksAgainAfterTheConnectionWasLostAndLaterNotificationsArrive() {
    DATABASE.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
            + " current_database() and pid <> pg_backend_pid()");

    await().until(() -> heard.equals(List.of(ANYTHING, ANYTHING)));
    notifications.notify("job-log", "again");
    await().until(() -> heard.size() == 3);
  }

  @Test
  void observerThatFailsDoesNotEndTheListening() {
    notifications.notify("job-log", "fail");
    notifications.notify("job-log", "next");

    await().until(() -> heard.size() == 3);
  }

  @Test
  void stopLeavesNoConnectionBehind() {
    listener.stop();

    // PostgreSQL ends a connection's process a moment after the connection is closed
    await()
        .untilAsserted(
            () ->
                assertThat(
                        DATABASE.value(
                            "select count(*) from pg_stat_activity where datname ="
                                + " current_database() and pid <> pg_backend_pid()"
                                + " and backend_type = 'client backend'"))
                    .isEqualTo(0L));
  }

  private static final class PlainThreads implements ManagedThreadFactory {

    @Override
    public Thread newThread(Runnable work) {
      return new Thread(work);
    }

    @Override
    public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void strangersOnTheChannelAreIgnored() {
    DATABASE.execute("select pg_notify('restic_manager', 'whatever')");
    notifications.notify("job-log", "ours");

    await().until(() -> heard.size() == 2);
    assertThat(heard.get(1).payload()).contains("ours");
  }
}
