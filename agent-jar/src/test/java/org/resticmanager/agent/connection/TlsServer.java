package org.resticmanager.agent.connection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.resticmanager.agent.config.Pin;

/**
 * A real TLS server with a certificate that no authority has signed. It enrols everybody, and
 * refuses every token.
 */
final class TlsServer implements AutoCloseable {

  private static final String ENROLLED =
      "{\"hostId\":\"h-1\",\"hostName\":\"web01\",\"agentToken\":\"agent-secret\"}";

  private final HttpsServer server;
  private final Pin pin;
  private final LinkedBlockingQueue<String> visitors = new LinkedBlockingQueue<>();

  /**
   * @param keystore of {@link #keystore}
   * @param clients whose certificate a client must have; the same as {@code keystore} if none need
   *     one
   */
  TlsServer(Path keystore, Path clients) throws IOException, GeneralSecurityException {
    KeyStore own = load(keystore);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, "password".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", load(clients).getCertificate("key"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    pin = Pin.of((X509Certificate) own.getCertificate("key"));
    boolean asks = !clients.equals(keystore);
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(asks);
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext("/api/v1/enrolments", exchange -> answer(exchange, 201, ENROLLED));
    server.createContext("/ws/agent", exchange -> answer(exchange, 401, ""));
    server.start();
  }

  /** Makes a key and a certificate of its own, for a name that is not the server's. */
  static Path keystore(Path folder, String name) throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "key",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "password",
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new AssertionError(Files.readString(folder.resolve(name + ".log")));
    }
    return file;
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, "password".toCharArray());
    }
    return store;
  }

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    HttpsExchange tls = (HttpsExchange) exchange;
    visitors.add(
        tls.getSSLSession().getLocalPrincipal().getName() + " " + exchange.getRequestURI());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  Pin pin() {
    return pin;
  }

  /** Whether somebody has come through the handshake. */
  boolean visited() {
    return !visitors.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
