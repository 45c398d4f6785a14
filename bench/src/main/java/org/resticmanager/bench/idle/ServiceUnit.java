package org.resticmanager.bench.idle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service that install.sh makes of the agent. */
final class ServiceUnit {

  private static final Pattern START =
      Pattern.compile("^ExecStart=\\$java (.*) -jar ", Pattern.MULTILINE);

  private ServiceUnit() {}

  /** The options of the agent's JVM. */
  static List<String> javaOptions(Path installer) throws IOException {
    Matcher start = START.matcher(Files.readString(installer));
    if (!start.find()) {
      throw new IOException("no JVM is started by " + installer);
    }
    return List.of(start.group(1).split(" ", -1));
  }
}
