package org.resticmanager.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/**
 * A real HAProxy that ends TLS before a control plane, set up as docs/agent.md has it: people come
 * by one address, and by another one agents that show a certificate.
 */
final class TlsProxy implements AutoCloseable {

  private final Scratch scratch = new Scratch("tls-proxy");
  private final int peoplesPort = ControlPlane.freePort();
  private final int agentsPort = ControlPlane.freePort();
  private final Certificate certificate = Certificate.make(scratch.folder());
  private final HaProxy proxy;

  /** Starts it; returns when it listens. */
  TlsProxy(ControlPlane controlPlane, Authority authority) {
    proxy =
        new HaProxy(
            """
          defaults
            mode http
            timeout connect 5s
            timeout client 2m
            timeout server 2m
            timeout tunnel 2m
          frontend people
            bind 127.0.0.1:%1$d ssl crt %3$s
            http-request deny if { path /ws/agent } or { path_beg /api/v1/enrolments }
            option forwardfor
            http-request set-header X-Forwarded-Proto https
            default_backend control-plane
          frontend agents
            bind 127.0.0.1:%2$d ssl crt %3$s ca-file %4$s verify required
            http-request deny unless { path /ws/agent } or { path /api/v1/enrolments }
            option forwardfor
            http-request set-header X-Forwarded-Proto https
            default_backend control-plane
          backend control-plane
            server node 127.0.0.1:%5$d
          """
                .formatted(
                    peoplesPort,
                    agentsPort,
                    certificate.both(),
                    authority.certificate(),
                    controlPlane.url().getPort()),
            agentsPort);
  }

  /** Where agents come in. */
  URI forAgents() {
    return URI.create("https://127.0.0.1:" + agentsPort);
  }

  /** Where people come in. */
  URI forPeople() {
    return URI.create("https://127.0.0.1:" + peoplesPort);
  }

  /** Of its key. */
  String pin() {
    try (var pem = Files.newInputStream(certificate.certificate())) {
      byte[] key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(pem)
              .getPublicKey()
              .getEncoded();
      return "sha256/"
          + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    proxy.close();
    scratch.close();
  }
}
