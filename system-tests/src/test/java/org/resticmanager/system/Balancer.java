package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
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
  private final Program program;

  /** Starts it; returns when it leads to a node. */
  Balancer(List<ControlPlane> nodes) {
    Path binary = Project.haproxy();
    Path settings = scratch.folder().resolve("haproxy.cfg");
    try {
      Files.writeString(settings, settings(nodes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    program =
        Program.start(
            scratch.folder().resolve("haproxy.log"),
            Map.of("LD_LIBRARY_PATH", binary.getParent().toString()),
            List.of(binary.toString(), "-db", "-f", settings.toString()));
    await("the balancer")
        .atMost(START_LIMIT)
        .ignoreException(UncheckedIOException.class)
        .until(() -> api().get("/health/ready").status() == 200);
  }

  private String settings(List<ControlPlane> nodes) {
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
              bind 127.0.0.1:%d
              option forwardfor
              default_backend nodes
            backend nodes
              balance roundrobin
              option httpchk GET /health/ready
              cookie NODE insert indirect nocache httponly
              option redispatch
              retry-on conn-failure
            """
                .formatted(port));
    for (int i = 0; i < nodes.size(); i++) {
      text.append(
          "  server node-%d 127.0.0.1:%d check inter 2s fall 2 rise 2 cookie node-%d on-marked-down shutdown-sessions%n"
              .formatted(i, nodes.get(i).url().getPort(), i));
    }
    return text.toString();
  }

  URI url() {
    return URI.create("http://localhost:" + port);
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
