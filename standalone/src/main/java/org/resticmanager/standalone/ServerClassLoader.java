package org.resticmanager.standalone;

import fish.payara.micro.boot.loader.OpenURLClassLoader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The application server's own classes: some three hundred {@code .jar} files.
 *
 * <p>Java's loader asks one after the other for each class and each resource, and all of them for
 * what is not the server's, as every class of the application. This one knows from the beginning
 * which files hold a package, and classes are loaded by several threads at once. Otherwise it finds
 * what Java's finds, in the same order; that a package is sealed is not checked.
 */
final class ServerClassLoader extends OpenURLClassLoader {
  private static final String CLASS = ".class";

  static {
    ClassLoader.registerAsParallelCapable();
  }

  /** By the {@linkplain #place place} of what they hold, in the order of the class path. */
  private final Map<String, List<Jar>> jars = new ConcurrentHashMap<>();

  private final OpenURLClassLoader folders = new OpenURLClassLoader(new URL[0], null);

  /**
   * @param classPath {@code .jar} files, and folders of which only resources are needed
   */
  ServerClassLoader(URL[] classPath) {
    super(new URL[0]);
    for (URL url : classPath) {
      addURL(url);
    }
  }

  /** Adds a file or folder, as the server does with libraries that come later. */
  @Override
  public void addURL(URL url) {
    super.addURL(url);
    if (url.getPath().endsWith("/")) {
      folders.addURL(url);
      return;
    }
    Jar jar = Jar.open(url);
    for (String place : jar.places()) {
      jars.merge(place, List.of(jar), ServerClassLoader::both);
    }
  }

  private static List<Jar> both(List<Jar> known, List<Jar> more) {
    return Stream.concat(known.stream(), more.stream()).toList();
  }

  /**
   * Classes are together by their package; everything else, also a folder, is known by its name.
   */
  private static String place(String name) {
    if (name.endsWith(CLASS)) {
      return name.substring(0, name.lastIndexOf('/') + 1) + CLASS;
    }
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  private List<Jar> holdersOf(String name) {
    return jars.getOrDefault(place(name), List.of());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + CLASS;
    for (Jar jar : holdersOf(path)) {
      JarEntry entry = jar.file.getJarEntry(path);
      if (entry != null) {
        return define(name, jar, entry);
      }
    }
    throw new ClassNotFoundException(name);
  }

  private Class<?> define(String name, Jar jar, JarEntry entry) throws ClassNotFoundException {
    try (InputStream in = jar.file.getInputStream(entry)) {
      byte[] code = in.readAllBytes();
      definePackageOf(name, jar);
      CodeSource source = new CodeSource(jar.url, entry.getCodeSigners());
      return defineClass(name, code, 0, code.length, source);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private void definePackageOf(String className, Jar jar) throws IOException {
    int end = className.lastIndexOf('.');
    if (end < 0 || getDefinedPackage(className.substring(0, end)) != null) {
      return;
    }
    Manifest manifest = Optional.ofNullable(jar.file.getManifest()).orElseGet(Manifest::new);
    try {
      definePackage(className.substring(0, end), manifest, jar.url);
    } catch (IllegalArgumentException e) {
      return; // another thread has just defined it
    }
  }

  @Override
  public URL findResource(String name) {
    return find(name).findFirst().orElseGet(() -> folders.findResource(name));
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    var inFolders = Collections.list(folders.findResources(name)).stream();
    return Collections.enumeration(Stream.concat(find(name), inFolders).toList());
  }

  private Stream<URL> find(String name) {
    return holdersOf(name).stream().flatMap(jar -> jar.find(name).stream());
  }

  @Override
  public void close() throws IOException {
    for (List<Jar> together : jars.values()) {
      for (Jar jar : together) {
        jar.file.close();
      }
    }
    folders.close();
    super.close();
  }

  private record Jar(URL url, JarFile file) {

    static Jar open(URL url) {
      try {
        return new Jar(
            url,
            new JarFile(new File(url.toURI()), true, JarFile.OPEN_READ, JarFile.runtimeVersion()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(e);
      }
    }

    Set<String> places() {
      Set<String> places = new HashSet<>();
      Stream<JarEntry> entries = file.isMultiRelease() ? file.versionedStream() : file.stream();
      entries.forEach(entry -> places.add(place(entry.getName())));
      return places;
    }

    Optional<URL> find(String name) {
      return Optional.ofNullable(file.getJarEntry(name)).map(this::address);
    }

    private URL address(JarEntry entry) {
      try {
        String path = new URI("jar", null, "/" + entry.getRealName(), null).getRawPath();
        return new URL("jar:" + url + "!" + path);
      } catch (URISyntaxException | MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }
}
