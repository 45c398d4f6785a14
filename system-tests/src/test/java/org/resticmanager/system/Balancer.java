package org.resticmanager.system;

import java.net.URI;
import java.util.List;

/** A real HAProxy before several nodes, set up as docs/nodes.md has it. */
final class Balancer implements AutoCloseable {

  private final Scratch scratch = new Scratch("balancer");
  private final int port = ControlPlane.freePort();
  private final String scheme;
  private final HaProxy proxy;

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
    proxy = new HaProxy(settings(nodes, rules, tls), port);
  }

  private String settings(List<ControlPlane> nodes, List<String> rules, boolean tls) {
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
                    tls ? " ssl crt " + Certificate.make(scratch.folder()).both() : "",
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
    proxy.close();
    scratch.close();
  }
}
