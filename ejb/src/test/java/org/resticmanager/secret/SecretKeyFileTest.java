package org.resticmanager.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyFileTest {

  @TempDir Path folder;

  @Test
  void theKeyIsMadeOnceAndForItsOwnerOnly() throws IOException {
    Path path = folder.resolve("data/secret.key");
    SecretKeyFile file = new SecretKeyFile(path);
    assertThat(file.keys()).isEmpty();

    file.create();
    List<byte[]> first = file.keys();
    file.create();

    assertThat(first).hasSize(1).allMatch(key -> key.length == 32);
    assertThat(file.keys()).usingRecursiveComparison().isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(path.getParent())
        .isDirectoryContaining(path::equals)
        .isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aNewKeyComesFirstAndTheOldOnesStay() throws IOException {
    Path path = folder.resolve("secret.key");
    SecretKeyFile file = new SecretKeyFile(path);
    file.create();
    byte[] old = file.keys().get(0);

    file.add();

    assertThat(file.keys()).hasSize(2);
    assertThat(file.keys().get(0)).isNotEqualTo(old);
    assertThat(file.keys().get(1)).isEqualTo(old);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    Path path = folder.resolve("secret.key");
    new SecretKeyFile(path).create();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> new SecretKeyFile(path).keys())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aFileWithoutAKeyIsRefusedAndKept() throws IOException {
    Path path = folder.resolve("secret.key");
    for (String content : List.of("not a key", "", "c2hvcnQ=")) {
      Files.writeString(path, content);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));

      assertThatThrownBy(() -> new SecretKeyFile(path).keys())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("secret.key");
      assertThat(path).hasContent(content);
    }
  }
}
