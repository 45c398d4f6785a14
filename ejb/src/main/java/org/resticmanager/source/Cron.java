package org.resticmanager.source;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.resticmanager.platform.Invalid;
import org.resticmanager.protocol.cron.BadCron;
import org.resticmanager.protocol.cron.CronTimes;

/**
 * When something happens: a cron expression of five fields (minute, hour, day of the month, month,
 * day of the week) or a nickname as {@code @daily}. It does happen at some time.
 *
 * @param expression as it was written
 */
public record Cron(String expression) {

  private static final int MAX_LENGTH = 200;

  /**
   * @throws Invalid if it cannot be read, or would never fire
   */
  public Cron {
    expression = Invalid.requireText(expression, "cron", MAX_LENGTH);
    try {
      CronTimes.parse(expression, ZoneOffset.UTC);
    } catch (BadCron e) {
      throw new Invalid(
          "cron",
          "must be a cron expression of five fields (minute, hour, day of month, month, day of"
              + " week), as in '30 3 * * *', or a word as @daily: "
              + e.getMessage());
    }
  }

  /** The five fields that it stands for. */
  public String fields() {
    return CronTimes.fields(expression);
  }

  /** The next moments after this one, in its zone; fewer if it hardly ever fires. */
  public List<ZonedDateTime> next(ZonedDateTime after, int count) {
    CronTimes times = in(after.getZone());
    List<ZonedDateTime> next = new ArrayList<>();
    Optional<Instant> time = times.nextAfter(after.toInstant());
    while (time.isPresent() && next.size() < count) {
      next.add(time.get().atZone(after.getZone()));
      time = times.nextAfter(time.get());
    }
    return next;
  }

  /** Its moments by the clocks of a zone. */
  public CronTimes in(ZoneId zone) {
    try {
      return CronTimes.parse(expression, zone);
    } catch (BadCron e) {
      throw new IllegalStateException("it could be read before", e);
    }
  }
}
