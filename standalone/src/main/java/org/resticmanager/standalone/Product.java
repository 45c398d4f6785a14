package org.resticmanager.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build knows of this file. */
final class Product {
  private static final Properties BUILD = load();

  private Product() {}

  private static Properties load() {
    var build = new Properties();
    try (InputStream in = Product.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build;
  }

  /** Our own version. */
  static String version() {
    return BUILD.getProperty("version");
  }

  /** The version of the PostgreSQL that lies in this file, as {@code 17.5}. */
  static String postgresqlVersion() {
    // The artifact counts 17.5.0 for PostgreSQL 17.5.
    return BUILD.getProperty("postgresql.version").replaceFirst("\\.0$", "");
  }
}
