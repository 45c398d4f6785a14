package org.resticmanager.source;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.resticmanager.platform.Invalid;

/**
 * When something happens: a cron expression of five fields (minute, hour, day of the month, month,
 * day of the week), by the clock of the machine on which it is to happen. It does happen at some
 * time.
 *
 * @param expression as it was written
 */
public record Cron(String expression) {

  private static final int MAX_LENGTH = 200;

  /** Any moment will do: what fires after it fires at some time. */
  private static final ZonedDateTime LONG_AGO =
      ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  /**
   * @throws Invalid if it cannot be read, or would never fire
   */
  public Cron {
    expression = Invalid.requireText(expression, "cron", MAX_LENGTH);
    if (parse(expression).nextExecution(LONG_AGO).isEmpty()) {
      throw new Invalid("cron", "never fires: there is no such day");
    }
  }

  private static ExecutionTime parse(String expression) {
    try {
      return ExecutionTime.forCron(
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
              .parse(expression));
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          "cron",
          "must be a cron expression of five fields (minute, hour, day of month, month, day of"
              + " week), as in '30 3 * * *': "
              + e.getMessage().replaceFirst("^Failed to parse cron expression\\. ", ""));
    }
  }

  /** The next moments after this one, in its zone; fewer if it hardly ever fires. */
  public List<ZonedDateTime> next(ZonedDateTime after, int count) {
    ExecutionTime times = parse(expression);
    List<ZonedDateTime> next = new ArrayList<>();
    Optional<ZonedDateTime> time = times.nextExecution(after);
    while (time.isPresent() && next.size() < count) {
      next.add(time.get());
      time = times.nextExecution(time.get());
    }
    return next;
  }
}
