package org.resticmanager.conformance.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The kit's version, as the build stamped it. */
final class Versions implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    }
    return new String[] {"restic-manager-conformance " + properties.getProperty("version")};
  }
}
