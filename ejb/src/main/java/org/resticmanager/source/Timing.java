package org.resticmanager.source;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Zones;

/**
 * When a schedule fires, and how its jobs are spread after that.
 *
 * @param cron the moments
 * @param zone by whose clock; empty for that of the host
 * @param jitterSeconds each schedule's jobs begin somewhat later than it fires, by up to this, so
 *     that a thousand hosts with one expression do not begin in the same second; from 0 to 24 h
 */
public record Timing(Cron cron, Optional<ZoneId> zone, int jitterSeconds) {

  /** What holds unless somebody decides otherwise. */
  public static final int DEFAULT_JITTER_SECONDS = 60;

  private static final int LONGEST_JITTER_SECONDS = 24 * 60 * 60;

  /** A job that waits takes over what fires meanwhile: few may. */
  private static final int PART_OF_INTERVAL = 4;

  /**
   * @throws Invalid if the jitter is out of its range
   */
  public Timing {
    requireNonNull(cron);
    requireNonNull(zone);
    if (jitterSeconds < 0 || jitterSeconds > LONGEST_JITTER_SECONDS) {
      throw new Invalid("jitterSeconds", "must be from 0 to " + LONGEST_JITTER_SECONDS);
    }
  }

  /**
   * As people write it.
   *
   * @param zone null or empty for the host's own
   * @param jitterSeconds null for the default
   * @throws Invalid if the zone is none, or the jitter is out of its range
   */
  public static Timing of(Cron cron, String zone, Integer jitterSeconds) {
    return new Timing(
        cron, Zones.optional(zone), jitterSeconds == null ? DEFAULT_JITTER_SECONDS : jitterSeconds);
  }

  /**
   * By whose clock it is meant.
   *
   * @param hostZone the zone of the host's clock; null if nobody knows it, and UTC is as good
   */
  public ZoneId clock(ZoneId hostZone) {
    return zone.or(() -> Optional.ofNullable(hostZone)).orElse(ZoneOffset.UTC);
  }

  /** How much later than it has fired the jobs of a schedule begin: always the same for each. */
  public Duration jitter(UUID schedule, Instant fired) {
    long millis =
        Math.min(jitterSeconds * 1000L, intervalAfter(fired).toMillis() / PART_OF_INTERVAL);
    // the low half of an identifier is random
    return millis == 0
        ? Duration.ZERO
        : Duration.ofMillis(Math.floorMod(schedule.getLeastSignificantBits(), millis));
  }

  private Duration intervalAfter(Instant fired) {
    List<ZonedDateTime> next = cron.next(fired.atZone(clock(null)), 1);
    return next.isEmpty() ? Duration.ofDays(1) : Duration.between(fired, next.get(0).toInstant());
  }
}
