package org.resticmanager.web.security;

/** Where a browser may be led after a sign-in: to a page of ours, whatever a link says. */
public final class OwnPath {

  private static final String START = "/dashboard.xhtml";

  private OwnPath() {}

  /** The path if it is one of ours, else that of the first page. */
  public static String orStart(String path) {
    return isOurs(path) ? path : START;
  }

  /** Browsers read both {@code //host} and {@code /\host} as another server. */
  public static boolean isOurs(String path) {
    return path != null
        && path.startsWith("/")
        && !path.startsWith("//")
        && path.indexOf('\\') < 0
        && path.chars().allMatch(character -> character > ' ' && character != 0x7F);
  }
}
