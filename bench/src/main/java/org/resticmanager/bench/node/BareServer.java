package org.resticmanager.bench.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.resticmanager.bench.Jdk;

/**
 * Payara Micro of the version that the control plane runs on, with an application that has no more
 * than the classes given, and without what the control plane switches off too (clusters).
 */
public final class BareServer implements AutoCloseable {

  private final Path payaraMicro;
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
   * @param classes what the application has beside one page
   */
  public BareServer(Path payaraMicro, Class<?>... classes)
      throws IOException, InterruptedException {
    this.payaraMicro = payaraMicro;
    folder = Files.createTempDirectory("restic-manager-bench");
    port = Node.freePort();
    url = URI.create("http://127.0.0.1:" + port);
    writeApplication(classes);
    Runtime.getRuntime().addShutdownHook(stop);
    start();
  }

  private Path application() {
    return folder.resolve("ROOT.war");
  }

  private void writeApplication(Class<?>... classes) throws IOException {
    try (OutputStream file = Files.newOutputStream(application());
        JarOutputStream war = new JarOutputStream(file)) {
      war.putNextEntry(new ZipEntry("index.html"));
      war.write("<!DOCTYPE html><title>bare</title>".getBytes(StandardCharsets.US_ASCII));
      for (Class<?> one : classes) {
        String name = one.getName().replace('.', '/') + ".class";
        war.putNextEntry(new ZipEntry("WEB-INF/classes/" + name));
        try (InputStream in = one.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(war);
        }
      }
    }
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
            application().toString(),
            "--contextRoot",
            "/"));
    Path console = folder.resolve("console");
    long begun = System.nanoTime();
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start();
    Readiness.await(url.resolve("/index.html"), process, console);
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
