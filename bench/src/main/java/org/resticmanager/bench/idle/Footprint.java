package org.resticmanager.bench.idle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process takes of its machine (Linux, {@code /proc}).
 *
 * @param residentKib all its memory that is there, also what it shares
 * @param proportionalKib of what it shares only its part
 * @param cpuNanos by the threads that it has, until now
 * @param writtenBytes to disks, until now
 */
record Footprint(
    long residentKib, long proportionalKib, int threads, long cpuNanos, long writtenBytes) {

  static Footprint of(long pid) throws IOException {
    Path process = Path.of("/proc/" + pid);
    String memory = Files.readString(process.resolve("smaps_rollup"));
    List<Path> threads;
    try (Stream<Path> all = Files.list(process.resolve("task"))) {
      threads = all.toList();
    }
    long cpu = 0;
    for (Path thread : threads) {
      cpu += cpuNanos(thread);
    }
    return new Footprint(
        number(memory, "Rss"),
        number(memory, "Pss"),
        threads.size(),
        cpu,
        number(Files.readString(process.resolve("io")), "write_bytes"));
  }

  /** Far finer than the clock's ticks, which a program that does next to nothing does not fill. */
  private static long cpuNanos(Path thread) throws IOException {
    try {
      return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
    } catch (NoSuchFileException e) {
      return 0; // it has ended meanwhile
    }
  }

  private static long number(String text, String name) throws IOException {
    Matcher line = Pattern.compile("(?m)^" + name + ": +(\\d+)").matcher(text);
    if (!line.find()) {
      throw new IOException("no " + name + " in: " + text);
    }
    return Long.parseLong(line.group(1));
  }
}
