package org.resticmanager.bench.idle;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a process that has nothing to do took over a while.
 *
 * @param cpuSecondsPerHour as much as in the while, for an hour
 * @param writtenKibPerHour the same, to disks
 */
record Idle(
    double residentMib,
    double proportionalMib,
    double threads,
    double cpuSecondsPerHour,
    double writtenKibPerHour) {

  /** Of several processes. */
  static List<Idle> all(List<Footprint> before, List<Footprint> after, Duration between) {
    return IntStream.range(0, before.size())
        .mapToObj(i -> of(before.get(i), after.get(i), between))
        .toList();
  }

  private static Idle of(Footprint before, Footprint after, Duration between) {
    double hours = between.toNanos() / (double) Duration.ofHours(1).toNanos();
    return new Idle(
        after.residentKib() / 1024.0,
        after.proportionalKib() / 1024.0,
        after.threads(),
        (after.cpuNanos() - before.cpuNanos()) / 1e9 / hours,
        (after.writtenBytes() - before.writtenBytes()) / 1024.0 / hours);
  }
}
