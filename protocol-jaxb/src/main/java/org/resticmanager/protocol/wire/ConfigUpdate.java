package org.resticmanager.protocol.wire;

import java.util.Set;

/**
 * The repository connection of one slot. An absent (null) field leaves the agent's old value; an
 * empty text clears it. This is the only message that carries secrets.
 *
 * @param slot {@code repo} (or empty) for everyday use, {@code admin} for the right to delete
 * @param repoUrl restic's repository location
 * @param repoPassword the repository's password; secret
 * @param repoUsername the user for a REST server
 * @param repoCredential the password for a REST server; secret
 * @param hookShell the shell that runs hooks
 * @param limitUploadKib KiB per second, 0 for none (extension {@code bandwidth})
 * @param limitDownloadKib KiB per second, 0 for none (extension {@code bandwidth})
 */
public record ConfigUpdate(
    String slot,
    String repoUrl,
    String repoPassword,
    String repoUsername,
    String repoCredential,
    String hookShell,
    Long limitUploadKib,
    Long limitDownloadKib)
    implements ServerMessage {

  /** The slot for everyday use. */
  public static final String SLOT_REPO = "repo";

  /** The slot with the right to delete. */
  public static final String SLOT_ADMIN = "admin";

  public ConfigUpdate {
    slot = slot == null || slot.isEmpty() ? SLOT_REPO : slot;
    if (!slot.equals(SLOT_REPO) && !slot.equals(SLOT_ADMIN)) {
      throw new IllegalArgumentException("slot is neither repo nor admin");
    }
    Require.notNegative(limitUploadKib, "limit_upload_kib");
    Require.notNegative(limitDownloadKib, "limit_download_kib");
  }

  @Override
  public Set<String> requires() {
    return limitUploadKib == null && limitDownloadKib == null
        ? Set.of()
        : Set.of(Feature.BANDWIDTH);
  }

  /** Without the secrets, which must never reach a log. */
  @Override
  public String toString() {
    return "ConfigUpdate[slot=" + slot + "]";
  }
}
