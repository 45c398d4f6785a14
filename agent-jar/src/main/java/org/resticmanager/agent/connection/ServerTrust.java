package org.resticmanager.agent.connection;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.resticmanager.agent.config.ClientKeystore;
import org.resticmanager.agent.config.ConfigProblem;
import org.resticmanager.agent.config.Pin;

/**
 * Whom the agent takes for its control plane, and how it shows itself on TLS.
 *
 * @param pin the one key that is trusted; empty for whomever Java trusts
 * @param keystore what is shown if the server asks; empty for nothing
 */
public record ServerTrust(Optional<Pin> pin, Optional<ClientKeystore> keystore) {

  /** Whomever Java trusts, and nothing is shown. */
  static final ServerTrust USUAL = new ServerTrust(Optional.empty(), Optional.empty());

  /**
   * For new connections.
   *
   * @throws ConfigProblem if the keystore cannot be read
   */
  SSLContext context() {
    try {
      if (pin.isEmpty() && keystore.isEmpty()) {
        return SSLContext.getDefault(); // as whoever started Java may have told it
      }
      KeyManager[] keys = keystore.map(ClientKeystore::keys).orElse(null);
      TrustManager[] trust = pin.map(key -> new TrustManager[] {new PinnedTrust(key)}).orElse(null);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
