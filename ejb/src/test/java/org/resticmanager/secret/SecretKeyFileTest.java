package org.resticmanager.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyFileTest {

  @TempDir Path folder;

  @Test
  void theKeyIsMadeOnceAndForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("data/secret.key");

    byte[] first = new SecretKeyFile(file).readOrCreate();

    assertThat(first).hasSize(32);
    assertThat(new SecretKeyFile(file).readOrCreate()).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.getParent())
        .isDirectoryContaining(file::equals)
        .isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    Path file = folder.resolve("secret.key");
    new SecretKeyFile(file).readOrCreate();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> new SecretKeyFile(file).readOrCreate())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aFileWithoutAKeyIsRefusedAndKept() throws IOException {
    Path file = folder.resolve("secret.key");
    Files.writeString(file, "not a key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThatThrownBy(() -> new SecretKeyFile(file).readOrCreate())
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("not a key");
  }
}
