package org.resticmanager.singlesignon;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;

/**
 * Asks a provider, and reads no more of what it says than an answer can be: the library reads to an
 * end that may never come.
 */
final class Answers {

  static final int CONNECT_MILLIS = 5_000;
  static final int READ_MILLIS = 10_000;
  static final int LARGEST_BYTES = 512 * 1024;

  private Answers() {}

  /**
   * Returns the answer, whatever its status.
   *
   * @throws IOException if none comes, or it is too large
   */
  static HTTPResponse to(HTTPRequest request) throws IOException {
    request.setConnectTimeout(CONNECT_MILLIS);
    request.setReadTimeout(READ_MILLIS);
    request.setFollowRedirects(false);
    HttpURLConnection connection = request.toHttpURLConnection();
    try {
      HTTPResponse response = new HTTPResponse(connection.getResponseCode());
      connection
          .getHeaderFields()
          .forEach(
              (name, values) -> {
                if (name != null) { // null is the status line
                  response.setHeader(name, values.toArray(String[]::new));
                }
              });
      response.setBody(body(connection));
      return response;
    } finally {
      connection.disconnect();
    }
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (InputStream in =
        connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      byte[] bytes = in == null ? new byte[0] : in.readNBytes(LARGEST_BYTES + 1);
      if (bytes.length > LARGEST_BYTES) {
        connection.disconnect(); // or its close would read on
        throw new IOException("its answer has more than " + LARGEST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
