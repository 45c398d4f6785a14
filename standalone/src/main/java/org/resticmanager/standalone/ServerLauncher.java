package org.resticmanager.standalone;

import static java.util.stream.Collectors.partitioningBy;

import fish.payara.micro.boot.PayaraMicroLauncher;
import fish.payara.micro.boot.loader.ExplodedURLClassloader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts Payara Micro as its own launcher does, but with a {@link ServerClassLoader}. */
final class ServerLauncher extends PayaraMicroLauncher {
  /** Where Payara Micro finds what it brings: the file that it was started from. */
  private static final String BOOT_JAR = "fish.payara.micro.BootJar";

  private ServerLauncher() {}

  /**
   * Unpacks the server's classes (100 MB), those of the application's libraries among them.
   *
   * @param folder the server's {@code --rootDir}
   */
  static ServerClassLoader unpack(Path folder) {
    try (ExplodedURLClassloader unpacked = new ExplodedURLClassloader(folder.toFile())) {
      Map<Boolean, List<URL>> jars =
          Stream.of(unpacked.getURLs()).collect(partitioningBy(ServerLauncher::isOurs));
      Stream<URL> serverFirst = Stream.concat(jars.get(false).stream(), jars.get(true).stream());
      return new ServerClassLoader(serverFirst.toArray(URL[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether it is a library that the application brings. What the server has too is taken from the
   * server, as on every other.
   */
  private static boolean isOurs(URL jar) {
    String name = jar.getPath().substring(jar.getPath().lastIndexOf('/') + 1);
    return ServerLauncher.class.getResource("/MICRO-INF/lib/" + name) != null;
  }

  /**
   * Returns when the server runs, whether or not the application does.
   *
   * @param arguments those of Payara Micro's command line
   * @throws Exception what the server's start threw
   */
  static void start(ServerClassLoader classes, String... arguments) throws Exception {
    URL jar = PayaraMicroLauncher.class.getProtectionDomain().getCodeSource().getLocation();
    System.setProperty(BOOT_JAR, jar.toURI().toString());
    ServerLauncher launcher = new ServerLauncher();
    launcher.launch("create", arguments, launcher.getMainClass(), classes);
  }
}
