package org.resticmanager.bench;

import java.nio.file.Path;

/** The JDK that runs the benchmark, which also runs what is measured. */
public final class Jdk {

  private Jdk() {}

  /** The path of one of its tools, such as {@code java}. */
  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
