package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real HAProxy before several nodes, set up as docs/nodes.md has it. */
final class Balancer implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final Scratch scratch = new Scratch("balancer");
  private final int port = ControlPlane.freePort();
  private final String scheme;
  private final Program program;

  /** Starts it; returns when it listens. */
  Balancer(List<ControlPlane> nodes) {
    this(nodes, List.of(), false);
  }

  /**
   * As {@link #Balancer(List)}, by TLS.
   *
   * @param rules further ones for what comes in, each a line of HAProxy's
   */
  static Balancer byTls(List<ControlPlane> nodes, List<String> rules) {
    return new Balancer(nodes, rules, true);
  }

  private Balancer(List<ControlPlane> nodes, List<String> rules, boolean tls) {
    scheme = tls ? "https" : "http";
    Path binary = Project.haproxy();
    Path settings = scratch.folder().resolve("haproxy.cfg");
    try {
      Files.writeString(settings, settings(nodes, rules, tls));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    program =
        Program.start(
            scratch.folder().resolve("haproxy.log"),
            Map.of("LD_LIBRARY_PATH", binary.getParent().toString()),
            List.of(binary.toString(), "-db", "-f", settings.toString()));
    await("the balancer").atMost(START_LIMIT).until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Certificate and key in one file, as HAProxy wants them. */
  private Path certificate() throws IOException {
    Certificate made = Certificate.make(scratch.folder());
    return Files.writeString(
        scratch.folder().resolve("both.pem"),
        Files.readString(made.certificate()) + Files.readString(made.key()));
  }

  private String settings(List<ControlPlane> nodes, List<String> rules, boolean tls)
      throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            global
              maxconn 4000
            defaults
              mode http
              timeout connect 5s
              timeout client 2m
              timeout server 2m
              timeout tunnel 2m
              timeout check 3s
            frontend control-plane
              bind 127.0.0.1:%d%s
              option forwardfor
              %s
              %s
              default_backend nodes
            backend nodes
              balance roundrobin
              option httpchk GET /health/ready
              cookie NODE insert indirect nocache httponly%s
              option redispatch
              retry-on conn-failure
            """
                .formatted(
                    port,
                    tls ? " ssl crt " + certificate() : "",
                    tls ? "http-request set-header X-Forwarded-Proto https" : "",
                    String.join("\n  ", rules),
                    tls ? " secure" : ""));
    for (int i = 0; i < nodes.size(); i++) {
      text.append(
          "  server node-%d 127.0.0.1:%d check inter 2s fall 2 rise 2 cookie node-%d on-marked-down shutdown-sessions%n"
              .formatted(i, nodes.get(i).url().getPort(), i));
    }
    return text.toString();
  }

  URI url() {
    return URI.create(scheme + "://localhost:" + port);
  }

  /** The API of whichever node it leads to, asked by nobody in particular. */
  Api api() {
    return new Api(url());
  }

  @Override
  public void close() {
    program.kill();
    scratch.close();
  }
}
