package org.resticmanager.user;

import static java.util.Objects.requireNonNull;

/**
 * Who somebody is at an identity provider. Issuer and subject say it for good; the name is what
 * they are called there today.
 *
 * @param issuer the provider
 * @param subject of whom it says that, never given to another
 * @param name for the list of people and the audit trail
 */
public record ProviderIdentity(String issuer, String subject, String name) {

  public ProviderIdentity {
    requireNonNull(issuer);
    requireNonNull(subject);
    requireNonNull(name);
  }
}
