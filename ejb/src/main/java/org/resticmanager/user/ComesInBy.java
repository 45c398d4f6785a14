package org.resticmanager.user;

/** By what a person comes in. */
public enum ComesInBy {
  /** By a password of ours, or the set-up link for one. */
  PASSWORD("by-password"),
  /** By an identity provider. */
  PROVIDER("of-provider"),
  /** By the realm of the application server. */
  REALM("of-realm");

  /** Where the issuer of a provider's people stands; no provider is called so. */
  static final String REALM_ISSUER = "server-realm";

  private final String key;

  ComesInBy(String key) {
    this.key = key;
  }

  /** Ends the key of the words for it. */
  public String key() {
    return key;
  }

  /**
   * As the database has it.
   *
   * @param issuer null for a password of ours
   */
  static ComesInBy of(String issuer) {
    if (issuer == null) {
      return PASSWORD;
    }
    return issuer.equals(REALM_ISSUER) ? REALM : PROVIDER;
  }
}
