package org.resticmanager.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Closes and opens the envelopes in which secrets lie in the database; any thread. A column that
 * holds them is called {@code …_envelope}, is bound to as {@code table.…}, and its table's key is a
 * UUID {@code id}: that is how all of them are found when they are to be closed with another key.
 */
@ApplicationScoped
public class Envelopes {

  @Inject SecretKeys keys;

  /**
   * Closes an envelope.
   *
   * @param row the row it will lie in: elsewhere it cannot be opened
   * @param column likewise
   */
  public byte[] close(String secret, UUID row, String column) {
    return keys.ring().encrypt(secret.getBytes(StandardCharsets.UTF_8), boundTo(row, column));
  }

  /**
   * Opens an envelope.
   *
   * @throws UnreadableSecret if it was made with another key, for another row, or altered
   */
  public String open(byte[] envelope, UUID row, String column) {
    KeyRing ring = keys.ring();
    if (!ring.opens(envelope)) {
      ring = keys.reload();
    }
    return new String(ring.decrypt(envelope, boundTo(row, column)), StandardCharsets.UTF_8);
  }

  private static byte[] boundTo(UUID row, String column) {
    return (column + ":" + row).getBytes(StandardCharsets.UTF_8);
  }
}
