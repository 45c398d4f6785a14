package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Vouches for agents, by the commands that docs/agent.md has for it. */
record Authority(Path folder) {

  /** A new one in this folder, which must be empty; it is called as the folder is. */
  static Authority make(Path folder) {
    Authority made = new Authority(folder);
    made.openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN="
            + folder.getFileName()
            + " -keyout authority.key -out agents.pem");
    return made;
  }

  /** By whose certificate its own are known. */
  Path certificate() {
    return folder.resolve("agents.pem");
  }

  /** Where the passwords of its keystores stand. */
  Path passwordFile() {
    return folder.resolve("password");
  }

  /** A key and certificate for a host. */
  Path keystore(String host) {
    try {
      Files.writeString(passwordFile(), Secrets.random());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    openssl(
        "req -newkey rsa:2048 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr"
            .formatted(host));
    openssl(
        "x509 -req -in %1$s.csr -CA agents.pem -CAkey authority.key -CAcreateserial -days 2 -out %1$s.pem"
            .formatted(host));
    openssl(
        "pkcs12 -export -in %1$s.pem -inkey %1$s.key -passout file:password -out %1$s.p12"
            .formatted(host));
    return folder.resolve(host + ".p12");
  }

  private void openssl(String arguments) {
    Program.Ended ended =
        Program.run(
            folder.resolve("openssl.log"),
            Map.of(),
            List.of("sh", "-c", "cd '" + folder + "' && openssl " + arguments));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }
}
