package org.resticmanager.conformance.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The HTTP request that turns a connection into a WebSocket, from the client's side. */
public final class Upgrade {

  private static final String PATH = "/ws/agent";
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int LIMIT_MILLIS = 20_000;

  private Upgrade() {}

  /** How the server took it. */
  public sealed interface Answer {

    /** It is a WebSocket now. */
    record Upgraded(WireSocket socket) implements Answer {}

    /** It is not; this is the HTTP status. */
    record Refused(int status) implements Answer {}
  }

  /**
   * Asks for {@code /ws/agent} below this address.
   *
   * @param server {@code http} or {@code https}
   * @param token sent as bearer token; empty for none
   * @throws IOException if nobody there speaks HTTP
   */
  public static Answer ask(URI server, Optional<String> token) throws IOException {
    Socket socket = connect(server);
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LIMIT_MILLIS);
      byte[] nonce = new byte[16];
      ThreadLocalRandom.current().nextBytes(nonce);
      String key = Base64.getEncoder().encodeToString(nonce);
      send(socket.getOutputStream(), server, key, token);
      HttpHead answer = HttpHead.read(socket.getInputStream());
      int status = status(answer);
      if (status != SWITCHING_PROTOCOLS) {
        socket.close();
        return new Answer.Refused(status);
      }
      if (!answer.header("sec-websocket-accept").orElse("").equals(accept(key))) {
        throw new IOException("Sec-WebSocket-Accept is not the answer to our key");
      }
      socket.setSoTimeout(0);
      return new Answer.Upgraded(new WireSocket(socket, true));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket connect(URI server) throws IOException {
    boolean tls = "https".equals(server.getScheme());
    int port = server.getPort() > 0 ? server.getPort() : tls ? 443 : 80;
    Socket socket = tls ? SSLSocketFactory.getDefault().createSocket() : new Socket();
    socket.connect(new InetSocketAddress(server.getHost(), port), LIMIT_MILLIS);
    if (socket instanceof SSLSocket ssl) {
      SSLParameters parameters = ssl.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      ssl.setSSLParameters(parameters);
      ssl.startHandshake();
    }
    return socket;
  }

  private static void send(OutputStream out, URI server, String key, Optional<String> token)
      throws IOException {
    String path = server.getPath() == null ? "" : server.getPath().replaceAll("/+$", "");
    String request =
        "GET "
            + path
            + PATH
            + " HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: "
            + key
            + "\r\n"
            + token.map(t -> "Authorization: Bearer " + t + "\r\n").orElse("")
            + "\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static int status(HttpHead answer) throws IOException {
    String line = answer.firstLine();
    if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
      throw new IOException("not an HTTP answer");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  /** What a server answers to a client's key. */
  static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
