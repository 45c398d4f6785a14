package org.resticmanager.agent.restic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a restic really wrote, from the test resources. */
final class Fixture {

  private Fixture() {}

  static Path file(String version, String name) {
    URL found = Fixture.class.getResource("/restic/" + version + "/" + name);
    if (found == null) {
      throw new IllegalArgumentException(version + "/" + name);
    }
    try {
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static List<String> lines(String version, String name) {
    try {
      return Files.readAllLines(file(version, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Complaints complaints(String version, String name) {
    Complaints complaints = new Complaints();
    lines(version, name).forEach(complaints::accept);
    return complaints;
  }
}
