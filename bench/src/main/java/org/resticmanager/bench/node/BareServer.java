package org.resticmanager.bench.node;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.bench.Jdk;

/**
 * Payara Micro of the version that the control plane runs on, with another application than the
 * control plane, and without what the control plane switches off too (clusters).
 */
public final class BareServer implements AutoCloseable {

  private final Path payaraMicro;
  private final String page;
  private final Path folder;
  private final int port;
  private final URI url;
  private volatile Process process;
  private Duration startTook;
  private final Thread stop = new Thread(this::stop);

  /**
   * Starts it; returns when its application answers.
   *
   * @param payaraMicro its runnable file
   */
  public BareServer(Path payaraMicro, BareApplication application)
      throws IOException, InterruptedException {
    this.payaraMicro = payaraMicro;
    this.page = application.page();
    folder = Files.createTempDirectory("restic-manager-bench");
    port = Node.freePort();
    url = URI.create("http://127.0.0.1:" + port);
    application.write(archive());
    Runtime.getRuntime().addShutdownHook(stop);
    start();
  }

  private Path archive() {
    return folder.resolve("ROOT.war");
  }

  /** Starts it again, once it was stopped or killed; returns when its application answers. */
  public void start() throws IOException, InterruptedException {
    Path root = folder.resolve("root");
    if (Files.exists(root)) {
      Folders.delete(root); // it would deploy what lies there once more
    }
    List<String> command = new ArrayList<>();
    command.add(Jdk.tool("java"));
    command.addAll(
        List.of(
            "-jar",
            payaraMicro.toString(),
            "--rootDir",
            root.toString(),
            "--port",
            Integer.toString(port),
            "--noHazelcast",
            "--disablePhoneHome",
            "--deploy",
            archive().toString(),
            "--contextRoot",
            "/"));
    Path console = folder.resolve("console");
    long begun = System.nanoTime();
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start();
    Readiness.await(url.resolve(page), process, console);
    startTook = Duration.ofNanos(System.nanoTime() - begun);
  }

  /** How long it took the last time, from its process's beginning until it answered. */
  public Duration startTook() {
    return startTook;
  }

  public URI url() {
    return url;
  }

  public long pid() {
    return process.pid();
  }

  /** As a crash would end it. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private void stop() {
    if (process != null) {
      OrderlyEnd.of(process);
    }
  }

  /** Stops it and deletes its folder. */
  @Override
  public void close() throws IOException {
    stop();
    Runtime.getRuntime().removeShutdownHook(stop);
    Folders.delete(folder);
  }
}
