package org.resticmanager.bench.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.resticmanager.bench.Jdk;

/** The heap of another JVM, asked by the JDK's {@code jcmd}. */
public final class Heap {

  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private Heap() {}

  /** What is left in MiB after a full garbage collection. */
  public static long liveMib(long pid) throws IOException {
    return liveKib(pid) / 1024;
  }

  /** What is left in KiB after a full garbage collection. */
  public static long liveKib(long pid) throws IOException {
    jcmd(pid, "GC.run");
    String info = jcmd(pid, "GC.heap_info");
    Matcher used = USED.matcher(info);
    if (!used.find()) {
      throw new IOException("not understood: " + info);
    }
    return Long.parseLong(used.group(1));
  }

  private static String jcmd(long pid, String command) throws IOException {
    Process process =
        new ProcessBuilder(Jdk.tool("jcmd"), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
