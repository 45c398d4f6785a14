package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A REST server for restic, with users of its own. */
final class RestServer implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final int port = ControlPlane.freePort();
  private final boolean tls;
  private final Path folder;
  private final Program program;

  /**
   * Starts it.
   *
   * @param binary the program
   * @param folder for its users and its log
   * @param data where the repositories lie; two servers may share it
   * @param users names and passwords
   * @param certificate what it shows; plain HTTP if empty
   * @param options further ones, such as {@code --append-only}
   */
  RestServer(
      Path binary,
      Path folder,
      Path data,
      Map<String, String> users,
      Optional<Certificate> certificate,
      String... options) {
    this.folder = folder;
    tls = certificate.isPresent();
    List<String> command =
        new ArrayList<>(
            List.of(
                binary.toString(),
                "--path",
                data.toString(),
                "--listen",
                "127.0.0.1:" + port,
                "--htpasswd-file",
                writeUsers(folder, users).toString()));
    certificate.ifPresent(
        own ->
            command.addAll(
                List.of(
                    "--tls",
                    "--tls-cert",
                    own.certificate().toString(),
                    "--tls-key",
                    own.key().toString())));
    command.addAll(List.of(options));
    program = Program.start(folder.resolve("rest-server.log"), Map.of(), command);
    await("the REST server").atMost(START_LIMIT).until(this::listens);
  }

  private static Path writeUsers(Path folder, Map<String, String> users) {
    StringBuilder lines = new StringBuilder();
    users.forEach(
        (name, password) ->
            lines.append(name).append(":{SHA}").append(sha1(password)).append('\n'));
    try {
      return Files.writeString(folder.resolve("htpasswd"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on these are its users; returns at once. */
  void changeUsers(Map<String, String> users) {
    writeUsers(folder, users);
    program.hangUp();
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** As restic names a repository on it. */
  String url(String repository) {
    return "rest:" + address(repository);
  }

  /** As HTTP names it. */
  String address(String path) {
    return (tls ? "https" : "http") + "://127.0.0.1:" + port + "/" + path + "/";
  }

  @Override
  public void close() {
    program.kill();
  }
}
