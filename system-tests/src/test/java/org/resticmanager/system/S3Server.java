package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** S3Proxy: a server that speaks S3 over a folder, with one key. */
final class S3Server implements AutoCloseable {

  static final String KEY_ID = "the-key-id";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final int port = ControlPlane.freePort();
  private final Program program;

  /**
   * Starts it.
   *
   * @param folder for its settings and its log
   * @param data a folder in it is a bucket
   */
  S3Server(Path folder, Path data, String secret) {
    String settings =
        String.join(
            "\n",
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + KEY_ID,
            "s3proxy.credential=" + secret,
            "jclouds.provider=filesystem",
            "jclouds.filesystem.basedir=" + data);
    try {
      Path file = Files.writeString(folder.resolve("s3proxy.properties"), settings);
      program =
          Program.start(
              folder.resolve("s3proxy.txt"),
              Map.of(),
              Program.java(
                  "-DLOG_LEVEL=info",
                  "-cp",
                  Project.s3Proxy() + "/*",
                  "org.gaul.s3proxy.Main",
                  "--properties",
                  file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await("S3Proxy").atMost(START_LIMIT).until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** As restic names a repository in a bucket. */
  String url(String bucket, String repository) {
    return "s3:http://127.0.0.1:" + port + "/" + bucket + "/" + repository;
  }

  @Override
  public void close() {
    program.kill();
  }
}
