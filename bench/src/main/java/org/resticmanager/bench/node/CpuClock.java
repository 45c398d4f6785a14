package org.resticmanager.bench.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

/** How much processor time, user's and system's, processes have taken (Linux, {@code /proc}). */
public final class CpuClock {

  /** USER_HZ, the same on every Linux that a JDK runs on. */
  private static final long TICKS_PER_SECOND = 100;

  /** Fields of {@code /proc/PID/stat} behind the name of the program, which may hold blanks. */
  private static final int OWN_USER = 11;

  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private CpuClock() {}

  /** Of a process with all its threads, and of its children that have ended. */
  public static Duration of(long pid) throws IOException {
    return sum(pid, OWN_USER, CHILDREN_SYSTEM);
  }

  /** Of a process's children that have ended, and of theirs. */
  public static Duration ofEndedChildren(long pid) throws IOException {
    return sum(pid, CHILDREN_USER, CHILDREN_SYSTEM);
  }

  private static Duration sum(long pid, int first, int last) throws IOException {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    } catch (NoSuchFileException e) {
      return Duration.ZERO; // it has ended meanwhile, and counts for its parent
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int field = first; field <= last; field++) {
      ticks += Long.parseLong(fields[field]);
    }
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  /** Of a process and all that it has started, in any depth. */
  public static Duration ofTree(long pid) throws IOException {
    long[] all =
        ProcessHandle.of(pid).stream()
            .flatMapToLong(
                root ->
                    LongStream.concat(
                        LongStream.of(pid), root.descendants().mapToLong(ProcessHandle::pid)))
            .toArray();
    Duration sum = Duration.ZERO;
    for (long one : all) {
      sum = sum.plus(of(one));
    }
    return sum;
  }
}
