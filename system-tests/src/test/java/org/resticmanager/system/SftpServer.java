package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** OpenSSH's server on this machine with keys of its own, run by {@link TestUser} for that user. */
final class SftpServer implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final int port = ControlPlane.freePort();
  private final Path folder;
  private final Program program;

  /** Starts it; keys and settings of both sides lie in the folder. */
  SftpServer(Path folder) {
    this.folder = folder;
    Path binary = Project.sshd();
    makeKey("host_key");
    makeKey("user_key");
    write("known_hosts", "[127.0.0.1]:" + port + " " + read("host_key.pub"));
    write(
        "sshd_config",
        String.join(
            "\n",
            "Port " + port,
            "ListenAddress 127.0.0.1",
            "HostKey " + TestUser.give(folder.resolve("host_key")),
            "AuthorizedKeysFile " + folder.resolve("user_key.pub"),
            "PidFile none",
            "StrictModes no",
            // without it sshd turns away users that have no password at all
            "UsePAM yes",
            "PasswordAuthentication no",
            "Subsystem sftp internal-sftp",
            ""));
    program =
        Program.start(
            folder.resolve("sshd.log"),
            Map.of("LD_LIBRARY_PATH", binary.getParent().toString()),
            TestUser.command(
                List.of(
                    binary.toString(),
                    "-D",
                    "-e",
                    "-f",
                    folder.resolve("sshd_config").toString())));
    await("sshd").atMost(START_LIMIT).until(this::listens);
  }

  private void makeKey(String name) {
    Program.Ended ended =
        Program.run(
            folder.resolve("ssh-keygen.log"),
            Map.of(),
            List.of(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve(name).toString()));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A folder with an {@code ssh} that has read the settings that a host's owner would put into
   * {@code ~/.ssh}: ssh itself looks for that in the password file, whatever HOME says.
   */
  Path clientFolder() {
    write(
        "ssh_config",
        String.join(
            "\n",
            "Host *",
            "  IdentityFile " + folder.resolve("user_key"),
            "  UserKnownHostsFile " + folder.resolve("known_hosts"),
            "  BatchMode yes",
            ""));
    try {
      Path bin = Files.createDirectories(folder.resolve("bin"));
      Path ssh = bin.resolve("ssh");
      Files.writeString(
          ssh, "#!/bin/sh\nexec /usr/bin/ssh -F '" + folder.resolve("ssh_config") + "' \"$@\"\n");
      Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxr-xr-x"));
      return bin;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As restic names a repository in a folder that the user may write to. */
  String url(Path repository) {
    String user = TestUser.ROOT ? "nobody" : System.getProperty("user.name");
    return "sftp://" + user + "@127.0.0.1:" + port + "/" + repository;
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String name) {
    return Program.read(folder.resolve(name));
  }

  @Override
  public void close() {
    program.kill();
  }
}
