package org.resticmanager.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It finds what Java's own loader finds on the same class path. */
class ServerClassLoaderTest {
  private static final String CLASS = "org/postgresql/Driver.class";
  private static final List<String> RESOURCES =
      List.of(
          "both.txt",
          "only in b#1.txt",
          "folder",
          "folder/",
          "folder/a.txt",
          "versioned.txt",
          "in-folder.txt",
          "META-INF/MANIFEST.MF",
          CLASS,
          "org/postgresql/Absent.class",
          "absent");

  @TempDir private Path temporary;

  @Test
  void findsTheSameResourcesInTheSameOrder() throws IOException {
    try (URLClassLoader java = new URLClassLoader(classPath(), null);
        ServerClassLoader ours = new ServerClassLoader(classPath())) {
      for (String name : RESOURCES) {
        assertThat(ours.findResource(name)).as(name).isEqualTo(java.findResource(name));
        assertThat(Collections.list(ours.findResources(name)))
            .as(name)
            .isEqualTo(Collections.list(java.findResources(name)));
      }
      assertThat(content(ours.findResource("both.txt"))).isEqualTo("a");
      assertThat(content(ours.findResource("versioned.txt"))).isEqualTo("new");
      assertThat(content(ours.findResource("only in b#1.txt"))).isEqualTo("b");
    }
  }

  @Test
  void definesClassesWithTheirPackageAndWhereTheyCameFrom() throws Exception {
    String name = Console.class.getName();
    URL jar = jar("c.jar", Map.of(name.replace('.', '/') + ".class", code(Console.class)));

    try (ServerClassLoader loader = new ServerClassLoader(new URL[] {jar})) {
      Class<?> found = loader.findClass(name);

      assertThat(found.getClassLoader()).isSameAs(loader);
      assertThat(found.getPackage().getImplementationTitle()).isEqualTo("c.jar");
      assertThat(found.getProtectionDomain().getCodeSource().getLocation()).isEqualTo(jar);
    }
  }

  @Test
  void knowsNoClassThatNoFileHolds() throws IOException {
    try (ServerClassLoader loader = new ServerClassLoader(classPath())) {
      assertThatExceptionOfType(ClassNotFoundException.class)
          .isThrownBy(() -> loader.loadClass("org.resticmanager.Absent"));
    }
  }

  @Test
  void takesFilesThatComeLater() throws IOException {
    try (ServerClassLoader loader = new ServerClassLoader(new URL[0])) {
      URL later = jar("later.jar", Map.of("later.txt", bytes("later")));
      loader.addURL(later);

      assertThat(content(loader.findResource("later.txt"))).isEqualTo("later");
      assertThat(loader.getURLs()).containsExactly(later);
    }
  }

  private URL[] classPath() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("classes"));
    Files.writeString(folder.resolve("in-folder.txt"), "folder");
    List<URL> classPath = new ArrayList<>();
    classPath.add(folder.toUri().toURL());
    classPath.add(
        jar(
            "a.jar",
            Map.of(
                "both.txt", bytes("a"),
                "folder/", new byte[0],
                "folder/a.txt", bytes("a"),
                "versioned.txt", bytes("old"),
                "META-INF/versions/9/versioned.txt", bytes("new"))));
    classPath.add(
        jar(
            "b.jar",
            Map.of(
                "both.txt", bytes("b"), "only in b#1.txt", bytes("b"), CLASS, bytes("no class"))));
    return classPath.toArray(URL[]::new);
  }

  private URL jar(String name, Map<String, byte[]> entries) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, name);
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    Path file = temporary.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new ZipEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
    return file.toUri().toURL();
  }

  private static byte[] code(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String content(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
