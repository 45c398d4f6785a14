package org.resticmanager.user;

import static java.util.Objects.requireNonNull;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.platform.CustomerAddress;

/**
 * Makes who guesses passwords wait, longer with each wrong try, and the innocent not: a device on
 * which the person has signed in before waits for its own wrong tries only.
 *
 * <p>Counted on each node by itself, in a bounded space: what was used longest ago gives way. Any
 * thread.
 */
@ApplicationScoped
public class SignInThrottle {

  /** The most that is remembered at a time: some ten megabytes. */
  static final int MOST = 20_000;

  /** Wrong tries are forgotten when there was none for so long. */
  static final Duration MEMORY = Duration.ofHours(1);

  private static final int LONGEST_DOUBLING = 20;

  /** What is counted: how many wrong tries are free, and how long the longest pause is. */
  enum Limit {
    /** A device of the person's own. */
    DEVICE(5, Duration.ofMinutes(15)),
    /** A name from one address. */
    PAIR(5, Duration.ofMinutes(15)),
    /** A name from anywhere: guessed at from many addresses, it stays open, but narrow. */
    NAME(50, Duration.ofSeconds(30)),
    /** An address, whatever the name: many honest people may share it. */
    ADDRESS(200, Duration.ofMinutes(5));

    private final int free;
    private final Duration longest;

    Limit(int free, Duration longest) {
      this.free = free;
      this.longest = longest;
    }

    private Duration pauseAfter(int wrong) {
      if (wrong < free) {
        return Duration.ZERO;
      }
      Duration pause = Duration.ofSeconds(1L << Math.min(wrong - free, LONGEST_DOUBLING));
      return pause.compareTo(longest) < 0 ? pause : longest;
    }
  }

  private record Key(Limit limit, String of) {}

  private record Tries(int wrong, Instant lastAt) {}

  /** A try that was let through; it counts as wrong until it is known to be right. */
  static final class Attempt {

    private final List<Key> keys;

    private Attempt(List<Key> keys) {
      this.keys = keys;
    }
  }

  private final Clock clock;
  private final Map<Key, Tries> tries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Tries> eldest) {
          return size() > MOST;
        }
      };

  @Inject
  SignInThrottle(Clock clock) {
    this.clock = requireNonNull(clock);
  }

  /** For the container's proxies. */
  protected SignInThrottle() {
    clock = null;
  }

  /**
   * Lets a try through and counts it; many at the same moment are as many.
   *
   * @param knownDevice on which the person has signed in before; empty if it is none
   * @throws TooManyTries if there is a pause; the try is not counted
   */
  Attempt begin(String name, String address, Optional<String> knownDevice) {
    String who = name.toLowerCase(Locale.ROOT);
    String from = CustomerAddress.of(address);
    return begin(
        knownDevice
            .map(device -> List.of(new Key(Limit.DEVICE, who + '\n' + device)))
            .orElseGet(
                () ->
                    List.of(
                        new Key(Limit.PAIR, who + '\n' + from),
                        new Key(Limit.NAME, who),
                        new Key(Limit.ADDRESS, from))));
  }

  private synchronized Attempt begin(List<Key> keys) {
    Instant now = clock.instant();
    Duration pause =
        keys.stream().map(key -> pause(key, now)).max(Duration::compareTo).orElseThrow();
    if (!pause.isZero()) {
      throw new TooManyTries(pause);
    }
    keys.forEach(key -> tries.put(key, new Tries(wrong(key, now) + 1, now)));
    return new Attempt(keys);
  }

  /** The try was right. */
  synchronized void succeeded(Attempt attempt) {
    for (Key key : attempt.keys) {
      if (key.limit() == Limit.PAIR || key.limit() == Limit.DEVICE) {
        tries.remove(key);
      } else {
        // not all of them: who has an account must not wipe out what they guess of others
        tries.computeIfPresent(
            key, (same, known) -> new Tries(Math.max(0, known.wrong() - 1), known.lastAt()));
      }
    }
  }

  /**
   * The try was neither right nor wrong: it is as if it had not been made, and no more than that.
   */
  synchronized void undone(Attempt attempt) {
    for (Key key : attempt.keys) {
      tries.computeIfPresent(
          key, (same, known) -> new Tries(Math.max(0, known.wrong() - 1), known.lastAt()));
    }
  }

  private Duration pause(Key key, Instant now) {
    Tries known = tries.get(key);
    if (known == null) {
      return Duration.ZERO;
    }
    Duration whole = key.limit().pauseAfter(wrong(key, now));
    Duration left = whole.minus(Duration.between(known.lastAt(), now));
    // a clock that was set back makes nobody wait longer
    Duration most = left.compareTo(whole) > 0 ? whole : left;
    return most.isNegative() ? Duration.ZERO : most;
  }

  private int wrong(Key key, Instant now) {
    Tries known = tries.get(key);
    return known == null || known.lastAt().plus(MEMORY).isBefore(now) ? 0 : known.wrong();
  }

  synchronized int size() {
    return tries.size();
  }
}
