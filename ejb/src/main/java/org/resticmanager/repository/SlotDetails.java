package org.resticmanager.repository;

import java.util.List;
import java.util.Optional;
import org.resticmanager.audit.Facts;

/**
 * What may be shown of the credentials of one slot: which there are, never what they are.
 *
 * @param slot the slot
 * @param url a location of its own; null if it is the repository's
 * @param password whether it has a password of its own; else that of the everyday slot counts
 * @param username whether a user at the backend is set
 * @param credential whether the user's password or key is set
 * @param environment the names of the variables that are set, in order
 */
public record SlotDetails(
    Slot slot,
    String url,
    boolean password,
    boolean username,
    boolean credential,
    List<String> environment) {

  public SlotDetails {
    environment = List.copyOf(environment);
  }

  /** For the audit trail. */
  Facts facts() {
    return Facts.with("url", Optional.ofNullable(url))
        .and("password", password)
        .and("username", username)
        .and("credential", credential)
        .and("environment", environment);
  }
}
