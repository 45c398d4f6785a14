package org.resticmanager.bench.fleet;

import java.nio.ByteBuffer;

/** A text frame from a client (RFC 6455) of bytes that are encoded already. */
public final class ClientFrame {

  /** What it takes beside its text, at most, for texts up to 64 KiB. */
  public static final int OVERHEAD = 8;

  private static final byte FINAL_TEXT = (byte) 0x81;
  private static final int MASKED = 0x80;
  private static final int LENGTH_IN_TWO_BYTES = 126;

  /** Clients must mask; with this the text stays as it is, which spares us the work. */
  private static final int MASK = 0;

  private ClientFrame() {}

  /** Writes what comes before the text; the text of this length must follow. */
  public static void begin(ByteBuffer to, int length) {
    to.put(FINAL_TEXT);
    if (length < LENGTH_IN_TWO_BYTES) {
      to.put((byte) (MASKED | length));
    } else {
      to.put((byte) (MASKED | LENGTH_IN_TWO_BYTES)).putShort((short) length);
    }
    to.putInt(MASK);
  }
}
