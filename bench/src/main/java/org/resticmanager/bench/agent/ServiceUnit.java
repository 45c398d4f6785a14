package org.resticmanager.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service that install.sh makes of the agent. */
public final class ServiceUnit {

  private static final Pattern OPTIONS =
      Pattern.compile("^java_options='([^']*)'$", Pattern.MULTILINE);

  private ServiceUnit() {}

  /** The options of the agent's JVM, but for its archive of classes. */
  public static List<String> javaOptions(Path installer) throws IOException {
    Matcher options = OPTIONS.matcher(Files.readString(installer));
    if (!options.find()) {
      throw new IOException("no options of a JVM are in " + installer);
    }
    return List.of(options.group(1).split(" ", -1));
  }

  /**
   * These options and the archive, made as install.sh makes it.
   *
   * @param folder for the archive
   */
  public static List<String> withArchive(List<String> javaOptions, Path jar, Path folder)
      throws IOException, InterruptedException {
    Path archive = folder.resolve("classes.jsa");
    List<String> making = new ArrayList<>(javaOptions);
    making.add("-XX:ArchiveClassesAtExit=" + archive);
    AgentProcess.prepare(jar, making, folder);
    List<String> using = new ArrayList<>(javaOptions);
    using.add("-XX:SharedArchiveFile=" + archive);
    return List.copyOf(using);
  }
}
