package org.resticmanager.secret;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.resticmanager.platform.ControlPlaneSettings;

/** Closes and opens the envelopes in which secrets lie in the database; any thread. */
@ApplicationScoped
public class Envelopes {

  @Inject private ControlPlaneSettings settings;

  private EnvelopeCipher cipher;

  @PostConstruct
  void readKey() {
    cipher =
        new EnvelopeCipher(
            new SecretKeyFile(settings.dataDir().resolve("secret.key")).readOrCreate());
  }

  /**
   * Closes an envelope.
   *
   * @param row the row it will lie in: elsewhere it cannot be opened
   * @param column likewise
   */
  public byte[] close(String secret, UUID row, String column) {
    return cipher.encrypt(secret.getBytes(StandardCharsets.UTF_8), boundTo(row, column));
  }

  /**
   * Opens an envelope.
   *
   * @throws UnreadableSecret if it was made with another key, for another row, or altered
   */
  public String open(byte[] envelope, UUID row, String column) {
    return new String(cipher.decrypt(envelope, boundTo(row, column)), StandardCharsets.UTF_8);
  }

  private static byte[] boundTo(UUID row, String column) {
    return (column + ":" + row).getBytes(StandardCharsets.UTF_8);
  }
}
