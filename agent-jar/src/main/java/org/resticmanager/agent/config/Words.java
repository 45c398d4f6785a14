package org.resticmanager.agent.config;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Exceptions in words for people: what went wrong, without class names where it can be helped. */
public final class Words {

  private static final long MEBI = 1024L * 1024;

  /** What a server says of the certificate that we have shown, or have not. */
  private static final Pattern OF_OUR_CERTIFICATE =
      Pattern.compile("Received fatal alert: (\\w*certificate\\w*|unknown_ca)");

  private Words() {}

  /** One line, without control characters. */
  public static String of(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null && !telling(cause)) {
      cause = cause.getCause();
    }
    return oneLine(describe(cause));
  }

  /** Whether what lies below would only say less. */
  private static boolean telling(Throwable cause) {
    return cause instanceof FileSystemException
        || cause instanceof HttpTimeoutException
        || (cause instanceof ConnectException && cause.getMessage() == null);
  }

  /** The text on one line, with control characters replaced; for text that others wrote. */
  public static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\p{Cntrl}", "?");
  }

  private static String describe(Throwable cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return "the host name is not known";
    }
    if (cause instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof ConnectException && cause.getMessage() == null) {
      return "connection refused";
    }
    if (cause instanceof SSLException
        && cause.getMessage() != null
        && OF_OUR_CERTIFICATE.matcher(cause.getMessage()).matches()) {
      return "the server wants a client certificate that it trusts: " + cause.getMessage();
    }
    if (cause instanceof OutOfMemoryError) {
      return "the agent's memory of "
          + Runtime.getRuntime().maxMemory() / MEBI
          + " MiB is not enough; give it more with -Xmx where it is started";
    }
    if (cause.getMessage() == null || cause.getMessage().isBlank()) {
      return cause instanceof IOException ? "input/output error" : cause.getClass().getSimpleName();
    }
    return cause.getMessage();
  }
}
