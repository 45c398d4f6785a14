package org.resticmanager.agent.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine under us, in the words of the protocol.
 *
 * @param hostname as the machine calls itself
 * @param os {@code linux} or {@code windows}; another system's own name otherwise
 * @param arch {@code amd64} or {@code arm64}; another processor's own name otherwise
 * @param bootTime when it started; empty if it does not tell
 * @param zone of its clock
 */
public record Machine(
    String hostname, String os, String arch, Optional<Instant> bootTime, ZoneId zone) {

  /** Asks the machine that we run on. */
  public static Machine local() {
    return new Machine(
        localHostname(),
        osName(System.getProperty("os.name")),
        archName(System.getProperty("os.arch")),
        localBootTime(),
        ZoneId.systemDefault());
  }

  /** Whether this is a system with a POSIX shell, signals and rights. */
  public static boolean posix() {
    return !osName(System.getProperty("os.name")).equals("windows");
  }

  /** Another one after each start of the machine; empty where the system has none. */
  public static String bootId() {
    return firstLine(Path.of("/proc/sys/kernel/random/boot_id")).map(String::strip).orElse("");
  }

  static String osName(String javaName) {
    String name = javaName.toLowerCase(Locale.ROOT);
    return name.startsWith("windows") ? "windows" : name;
  }

  static String archName(String javaName) {
    return switch (javaName.toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> javaName.toLowerCase(Locale.ROOT);
    };
  }

  private static String localHostname() {
    return Stream.of(
            firstLine(Path.of("/proc/sys/kernel/hostname")),
            Optional.ofNullable(System.getenv("COMPUTERNAME")),
            Optional.ofNullable(System.getenv("HOSTNAME")),
            resolvedName())
        .flatMap(Optional::stream)
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("localhost");
  }

  private static Optional<String> firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> resolvedName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> localBootTime() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"), StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("btime "))
          .findFirst()
          .map(line -> Instant.ofEpochSecond(Long.parseLong(line.substring(6).strip())));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
