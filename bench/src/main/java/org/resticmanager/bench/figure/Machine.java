package org.resticmanager.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What something was measured on (Linux, {@code /proc}).
 *
 * @param processor as it calls itself
 * @param cores that we may use
 * @param memoryGib rounded
 * @param system the distribution
 * @param java the runtime's version
 * @param load runnable processes, averaged over a minute, before we began: well below one on a
 *     machine that was left alone
 */
public record Machine(
    String processor, int cores, long memoryGib, String system, String java, double load) {

  /** This one, now. */
  public static Machine here() throws IOException {
    return new Machine(
        value("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Math.round(
            Long.parseLong(value("/proc/meminfo", "MemTotal").replace(" kB", "")) / 1048576.0),
        value("/etc/os-release", "PRETTY_NAME").replace("\"", ""),
        Runtime.version().toString(),
        Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]));
  }

  /** The value of a line "name : value" or "name=value". */
  private static String value(String file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.replaceFirst("^[^:=]*[:=]", "").strip())
          .orElse("unknown");
    }
  }
}
