package org.resticmanager.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.parser.CronParser;
import java.io.DataInputStream;
import java.io.IOException;
import org.eclipse.yasson.JsonBindingProvider;
import org.glassfish.tyrus.client.ClientManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * What install.sh archives with {@code -XX:ArchiveClassesAtExit} is there at once when an agent
 * starts. Java 17 leaves out classes that were compiled for a Java before 6, without a word.
 */
class ArchivedClassesTest {

  private static final int JAVA_6 = 50;

  @ParameterizedTest
  @ValueSource(
      classes = {
        CommandLine.class,
        JsonBindingProvider.class,
        ClientManager.class,
        CronParser.class,
        LoggerFactory.class
      })
  void noLibraryIsTooOldForTheArchive(Class<?> ofLibrary) throws IOException {
    String file = "/" + ofLibrary.getName().replace('.', '/') + ".class";
    try (DataInputStream bytes = new DataInputStream(ofLibrary.getResourceAsStream(file))) {
      bytes.readInt(); // what all class files begin with
      bytes.readUnsignedShort(); // the minor version
      assertThat(bytes.readUnsignedShort()).isGreaterThanOrEqualTo(JAVA_6);
    }
  }
}
