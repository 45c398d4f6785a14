package org.resticmanager.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.temporal.ChronoUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The mark of each event is an HMAC-SHA-256 over the mark of the one before and all that the event
 * says. Its key lies in an envelope, so that who can only write to the database cannot make a mark.
 */
final class Chain {

  /** Before the first event. */
  static final byte[] BEGINNING = new byte[32];

  private static final String ALGORITHM = "HmacSHA256";
  private static final int ABSENT = -1;

  private final SecretKeySpec key;

  Chain(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  byte[] mark(byte[] before, long number, AuditEvent event) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(before);
      return mac.doFinal(bytes(number, event));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every part with its length, so that no two events have the same bytes. */
  private static byte[] bytes(long number, AuditEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(number);
      write(out, event.id().toString());
      write(out, event.at().truncatedTo(ChronoUnit.MICROS).toString());
      write(out, event.actor());
      write(out, event.address().orElse(null));
      write(out, event.action());
      write(out, event.target().type());
      write(out, event.target().id());
      write(out, event.target().name());
      write(out, event.before().orElse(null));
      write(out, event.after().orElse(null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    if (text == null) {
      out.writeInt(ABSENT);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
