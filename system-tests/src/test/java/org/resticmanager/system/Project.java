package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the build has made and {@code ci/tools} has fetched. What is missing fails the test. */
final class Project {

  private static final Path ROOT = findRoot();

  private Project() {}

  private static Path findRoot() {
    Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("ci/tools"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no folder above " + start + " holds the project");
  }

  static Path root() {
    return ROOT;
  }

  static Path agentJar() {
    return built("agent-jar/target/restic-manager-agent.jar");
  }

  static Path standaloneJar() {
    return built("standalone/target/restic-manager.jar");
  }

  /** A file of the release before, which {@code ci/upgrade} has built. */
  static Path releaseBefore(String name) {
    Path file = Path.of(System.getProperty("upgrade.from", "?")).resolve(name);
    assertThat(file).as("ci/upgrade builds it").isRegularFile();
    return file;
  }

  /** The library that shows a process another time. */
  static Path fakeTime() {
    Path library = ROOT.resolve(".tools/faketime/libfaketimeMT.so.1");
    assertThat(library).as("ci/tools faketime fetches it").isRegularFile();
    return library;
  }

  /** Every REST server at hand, the oldest first. 0.13 is required. */
  static List<Path> restServers() {
    Path folder = ROOT.resolve(".tools/rest-server");
    assertThat(folder).as("ci/tools backends fetches it").isDirectory();
    try (Stream<Path> versions = Files.list(folder)) {
      return versions
          .sorted(
              Comparator.comparing(
                  version -> version.getFileName().toString(), Project::compareVersions))
          .map(version -> version.resolve("rest-server"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder with S3Proxy and all that it needs. */
  static Path s3Proxy() {
    Path folder = ROOT.resolve(".tools/s3proxy");
    assertThat(folder).as("ci/tools backends fetches it").isDirectory();
    return folder;
  }

  /** The module of the identity provider. */
  static Path oidcProvider() {
    Path module = ROOT.resolve(".tools/identity-provider/node_modules/oidc-provider/lib/index.js");
    assertThat(module).as("ci/tools identity_provider fetches it").isRegularFile();
    return module;
  }

  /** OpenSSH's server; the libraries that it needs lie beside it. */
  static Path sshd() {
    Path program = ROOT.resolve(".tools/openssh/sshd");
    assertThat(program).as("ci/tools backends fetches it").isExecutable();
    return program;
  }

  /** The balancer; the libraries that it needs lie beside it. */
  static Path haproxy() {
    Path program = ROOT.resolve(".tools/haproxy/haproxy");
    assertThat(program).as("ci/tools haproxy fetches it").isExecutable();
    return program;
  }

  static Path ear() {
    return built("ear/target/restic-manager.ear");
  }

  /** Where an application server is, as it was fetched. */
  static Path server(ServerKind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    try (Stream<Path> servers = Files.list(ROOT.resolve(".tools/server"))) {
      return servers
          .filter(server -> server.getFileName().toString().startsWith(name + "-"))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new AssertionError("ci/server " + name + " fetches it"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path built(String path) {
    Path file = ROOT.resolve(path);
    assertThat(file).as("mvn package builds it").isRegularFile();
    return file;
  }

  /** Every restic at hand, the oldest first. 0.14 and 0.18 are required, a newer one is welcome. */
  static List<Restic> restics() {
    Path folder = ROOT.resolve(".tools/restic");
    assertThat(folder).as("ci/tools fetches restic").isDirectory();
    try (Stream<Path> versions = Files.list(folder)) {
      List<Restic> found =
          versions
              .map(version -> version.resolve("restic"))
              .filter(Files::isExecutable)
              .map(Restic::new)
              .sorted(Comparator.comparing(Restic::version, Project::compareVersions))
              .toList();
      assertThat(found)
          .as("ci/tools restic")
          .extracting(Restic::version)
          .anyMatch(version -> version.startsWith("0.14."))
          .anyMatch(version -> version.startsWith("0.18."));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Restic newestRestic() {
    List<Restic> all = restics();
    return all.get(all.size() - 1);
  }

  private static int compareVersions(String one, String other) {
    return java.util.Arrays.compare(numbers(one), numbers(other));
  }

  private static int[] numbers(String version) {
    return Stream.of(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
