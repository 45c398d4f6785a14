package org.resticmanager.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Requests that no page and no program of good faith sends, and that would only fail deeper inside.
 */
final class Malformed {

  private static final String VIEW_STATE = "jakarta.faces.ViewState";

  /** PrimeFaces' script puts it into each form, and PrimeFaces renders nothing without. */
  private static final String NONCE = "primefaces.nonce";

  private Malformed() {}

  /** What is wrong with a request, in words; empty if nothing is. */
  static Optional<String> reason(HttpServletRequest request) throws UnsupportedEncodingException {
    String query = request.getQueryString();
    if (query != null && query.contains("%00")) {
      return Optional.of("The address holds the character NUL, which no text here may hold.");
    }
    return isForm(request) && isWithoutNonce(request)
        ? Optional.of("This form was sent without its page's script. Switch JavaScript on.")
        : Optional.empty();
  }

  private static boolean isForm(HttpServletRequest request) {
    return request.getMethod().equals("POST") && request.getRequestURI().endsWith(".xhtml");
  }

  private static boolean isWithoutNonce(HttpServletRequest request)
      throws UnsupportedEncodingException {
    // before the first look at a parameter, as Faces does: afterwards it is too late
    request.setCharacterEncoding(StandardCharsets.UTF_8.name());
    String nonce = request.getParameter(NONCE);
    return request.getParameter(VIEW_STATE) != null && (nonce == null || nonce.isBlank());
  }
}
