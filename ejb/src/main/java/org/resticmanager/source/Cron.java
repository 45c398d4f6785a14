package org.resticmanager.source;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.resticmanager.platform.Invalid;
import org.resticmanager.protocol.cron.BadCron;
import org.resticmanager.protocol.cron.CronTimes;

/**
 * When something happens: a cron expression of five fields (minute, hour, day of the month, month,
 * day of the week) or a nickname as {@code @daily}. It does happen at some time. Two are equal if
 * they were written alike.
 */
public final class Cron {

  private static final int MAX_LENGTH = 200;

  private final String expression;

  /** Reading an expression takes longer than looking for its moments. */
  private final CronTimes inUtc;

  private final Map<ZoneId, CronTimes> clocks = new ConcurrentHashMap<>();

  /**
   * @throws Invalid if it cannot be read, or would never fire
   */
  public Cron(String expression) {
    this.expression = Invalid.requireText(expression, "cron", MAX_LENGTH);
    try {
      inUtc = CronTimes.parse(this.expression, ZoneOffset.UTC);
    } catch (BadCron e) {
      throw new Invalid(
          "cron",
          "must be a cron expression of five fields (minute, hour, day of month, month, day of"
              + " week), as in '30 3 * * *', or a word as @daily: "
              + e.getMessage());
    }
  }

  /** As it was written. */
  public String expression() {
    return expression;
  }

  /** The five fields that it stands for. */
  public String fields() {
    return CronTimes.fields(expression);
  }

  /** The next moments after this one, in its zone; fewer if it hardly ever fires. */
  public List<ZonedDateTime> next(ZonedDateTime after, int count) {
    CronTimes times = in(after.getZone());
    List<ZonedDateTime> next = new ArrayList<>();
    Instant last = after.toInstant();
    while (next.size() < count) {
      Optional<Instant> time = times.nextAfter(last);
      if (time.isEmpty()) {
        return next;
      }
      last = time.get();
      next.add(last.atZone(after.getZone()));
    }
    return next;
  }

  /** Its moments by the clocks of a zone. */
  public CronTimes in(ZoneId zone) {
    return clocks.computeIfAbsent(zone, inUtc::in);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cron cron && expression.equals(cron.expression);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  @Override
  public String toString() {
    return expression;
  }
}
