package org.resticmanager.agent.connection;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.resticmanager.agent.config.Pin;

/**
 * Trusts whoever holds one key, and nobody else: neither an authority nor a name is asked, because
 * the key says more than both.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

  private final Pin pin;

  PinnedTrust(Pin pin) {
    this.pin = pin;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    Pin shown = Pin.of(chain[0]);
    if (!shown.equals(pin)) {
      throw new CertificateException(
          "the server shows the key " + shown.text() + ", and " + pin.text() + " is pinned");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("an agent is no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
