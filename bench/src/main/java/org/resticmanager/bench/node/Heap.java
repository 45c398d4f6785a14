package org.resticmanager.bench.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.resticmanager.bench.Jdk;

/** The heap of another JVM, asked by the JDK's {@code jcmd}. */
public final class Heap {

  private static final Pattern LIVE_BYTES = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  private Heap() {}

  /** What a full garbage collection leaves, in MiB. */
  public static long liveMib(long pid) throws IOException {
    return liveKib(pid) / 1024;
  }

  /** What a full garbage collection leaves, in KiB. */
  public static long liveKib(long pid) throws IOException {
    // in one go: what is asked for after a collection has garbage in it again when much is going on
    String histogram = jcmd(pid, "GC.class_histogram");
    Matcher live = LIVE_BYTES.matcher(histogram);
    if (!live.find()) {
      throw new IOException("not understood: " + histogram);
    }
    return Long.parseLong(live.group(1)) / 1024;
  }

  private static String jcmd(long pid, String command) throws IOException {
    Process process =
        new ProcessBuilder(Jdk.tool("jcmd"), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
