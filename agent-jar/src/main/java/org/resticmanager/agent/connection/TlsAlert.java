package org.resticmanager.agent.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.resticmanager.agent.config.Words;

/**
 * What a server says on TLS when it does not want us. It may say so only after the handshake, as it
 * does of a certificate since TLS 1.3; Tyrus does not hear that, and waits for an answer.
 */
final class TlsAlert {

  private static final int LIMIT_MILLIS = 3_000;
  private static final int USUAL_PORT = 443;

  private TlsAlert() {}

  /**
   * Connects, says nothing, and listens for a moment; empty if the server has nothing against us.
   */
  static Optional<String> heard(URI address, ServerTrust trust) {
    int port = address.getPort() < 0 ? USUAL_PORT : address.getPort();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address.getHost(), port), LIMIT_MILLIS);
      plain.setSoTimeout(LIMIT_MILLIS);
      try (SSLSocket socket =
          (SSLSocket)
              trust
                  .context()
                  .getSocketFactory()
                  .createSocket(plain, address.getHost(), port, true)) {
        socket.startHandshake();
        socket.getInputStream().read();
        return Optional.empty();
      }
    } catch (SSLException e) {
      return Optional.of(Words.of(e));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
