package org.resticmanager.conformance.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The first line and the headers of an HTTP message, read byte by byte so that nothing beyond them
 * is taken from the socket.
 *
 * @param firstLine as it came
 * @param headers by lower-case name; of a header given twice, the last
 */
record HttpHead(String firstLine, Map<String, String> headers) {

  private static final int LARGEST_BYTES = 64 * 1024;
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  static HttpHead read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END.length) {
      int next = in.read();
      if (next < 0 || head.size() > LARGEST_BYTES) {
        throw new IOException("no HTTP came, only " + head.size() + " bytes");
      }
      head.write(next);
      matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
    }
    List<String> lines = head.toString(StandardCharsets.UTF_8).lines().toList();
    Map<String, String> headers = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return new HttpHead(lines.get(0), headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
