package org.resticmanager.bench.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * What a {@link BareServer} runs.
 *
 * @param page that answers 200 once the application works
 * @param files of the archive, by their names
 * @param classes of the archive
 * @param libraries of the archive
 */
public record BareApplication(
    String page, Map<String, String> files, List<Class<?>> classes, List<Path> libraries) {

  /** One page, and these classes. */
  public static BareApplication of(Class<?>... classes) {
    return new BareApplication(
        "/index.html",
        Map.of("index.html", "<!DOCTYPE html><title>bare</title>"),
        List.of(classes),
        List.of());
  }

  /** With these files too. */
  public BareApplication with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(files);
    all.putAll(more);
    return new BareApplication(page, all, classes, libraries);
  }

  /** With the library that this class comes from. */
  public BareApplication with(Class<?> ofLibrary) {
    Path library = Path.of(ofLibrary.getProtectionDomain().getCodeSource().getLocation().getPath());
    return new BareApplication(page, files, classes, List.of(library));
  }

  void write(Path archive) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        JarOutputStream war = new JarOutputStream(file)) {
      for (Map.Entry<String, String> text : files.entrySet()) {
        war.putNextEntry(new ZipEntry(text.getKey()));
        war.write(text.getValue().getBytes(StandardCharsets.UTF_8));
      }
      for (Class<?> one : classes) {
        String name = one.getName().replace('.', '/') + ".class";
        war.putNextEntry(new ZipEntry("WEB-INF/classes/" + name));
        try (InputStream in = one.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(war);
        }
      }
      for (Path library : libraries) {
        war.putNextEntry(new ZipEntry("WEB-INF/lib/" + library.getFileName()));
        Files.copy(library, war);
      }
    }
  }
}
