package org.resticmanager.web.live;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.resticmanager.health.FleetNews;
import org.resticmanager.platform.Background;
import org.resticmanager.platform.Notified;
import org.resticmanager.user.SignIns;

/**
 * The pages that people look at on this node. However much changes, a page is told a few times a
 * second at most, and not again before it has taken what it was told.
 */
@ApplicationScoped
public class OpenPages {

  private static final String CHANGED = "changed";
  private static final Duration TICK = Duration.ofMillis(300);

  @Inject private Background background;

  private final Map<String, OpenPage> pages = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();
  private ScheduledFuture<?> ticks;

  @PostConstruct
  void start() {
    ticks = background.every(TICK, this::tick);
  }

  @PreDestroy
  void stop() {
    ticks.cancel(false);
  }

  void onNotified(@Observes Notified event) {
    if (FleetNews.isIn(event)) {
      changed.set(true);
    }
    if (event.about(SignIns.ENDED)) {
      // who it was may have been lost, with the notification
      background.execute(() -> close(page -> event.payload().map(page::isOf).orElse(true)));
    }
  }

  private void close(Predicate<OpenPage> those) {
    pages.values().stream().filter(those).forEach(OpenPage::close);
  }

  private void tick() {
    if (changed.getAndSet(false)) {
      pages.values().forEach(page -> page.tell(CHANGED));
    }
  }

  void add(Session session) {
    pages.put(session.getId(), new OpenPage(session));
  }

  void remove(Session session) {
    pages.remove(session.getId());
  }

  void tell(Session session, String message) {
    OpenPage page = pages.get(session.getId());
    if (page != null) {
      page.tell(message);
    }
  }
}
