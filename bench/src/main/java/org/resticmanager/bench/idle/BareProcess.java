package org.resticmanager.bench.idle;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.bench.Jdk;

/** The {@link BareClient} as a process of its own. */
final class BareProcess implements AutoCloseable {

  private final Process process;

  /**
   * Starts it.
   *
   * @param jar holds Tyrus
   * @param javaOptions of its JVM
   * @param folder for what it prints
   */
  BareProcess(Path jar, List<String> javaOptions, URI server, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Jdk.tool("java"));
    command.addAll(javaOptions);
    Path ours =
        Path.of(BareClient.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    command.addAll(List.of("-cp", ours + File.pathSeparator + jar, BareClient.class.getName()));
    command.add("ws://" + server.getAuthority() + "/ws/agent");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("bare-client.log").toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
