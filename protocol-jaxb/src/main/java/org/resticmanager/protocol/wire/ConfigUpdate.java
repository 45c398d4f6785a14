package org.resticmanager.protocol.wire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The repository connection of one slot. An absent (null) field leaves the agent's old value; an
 * empty text clears it. This is the only message that carries secrets.
 *
 * @param slot {@code repo} (or empty) for everyday use, {@code admin} for the right to delete
 * @param repoUrl restic's repository location
 * @param repoPassword the repository's password; secret
 * @param repoUsername the user at the backend: of a REST server, or the id of an S3, B2 or Azure
 *     key
 * @param repoCredential the password or key that belongs to it; secret
 * @param hookShell the shell that runs hooks
 * @param limitUploadKib KiB per second, 0 for none (extension {@code bandwidth})
 * @param limitDownloadKib KiB per second, 0 for none (extension {@code bandwidth})
 * @param environment further credentials for the backend, all of them: what the agent had before is
 *     forgotten (extension {@code environment})
 * @param keyPassword another password of the repository: a job of kind {@code key_add} makes that
 *     it opens the repository, one of kind {@code key_remove} that it does not any more; slot
 *     {@code repo} only; secret (extension {@code key})
 */
public record ConfigUpdate(
    String slot,
    String repoUrl,
    String repoPassword,
    String repoUsername,
    String repoCredential,
    String hookShell,
    Long limitUploadKib,
    Long limitDownloadKib,
    List<BackendVariable> environment,
    String keyPassword)
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
    environment = environment == null ? null : List.copyOf(environment);
  }

  /**
   * Begins one.
   *
   * @param slot {@link #SLOT_REPO} or {@link #SLOT_ADMIN}
   */
  public static Builder of(String slot) {
    return new Builder(slot);
  }

  /** The same for an agent that does not know the extension {@code environment}. */
  public ConfigUpdate withoutEnvironment() {
    return with(null, keyPassword);
  }

  /** The same with another password beside it; null says nothing of any. */
  public ConfigUpdate withKeyPassword(String password) {
    return with(environment, password);
  }

  private ConfigUpdate with(List<BackendVariable> otherEnvironment, String otherPassword) {
    return of(slot)
        .repoUrl(repoUrl)
        .repoPassword(repoPassword)
        .repoUsername(repoUsername)
        .repoCredential(repoCredential)
        .hookShell(hookShell)
        .limitUploadKib(limitUploadKib)
        .limitDownloadKib(limitDownloadKib)
        .environment(otherEnvironment)
        .keyPassword(otherPassword)
        .build();
  }

  @Override
  public Set<String> requires() {
    Set<String> features = new LinkedHashSet<>();
    if (limitUploadKib != null || limitDownloadKib != null) {
      features.add(Feature.BANDWIDTH);
    }
    if (environment != null) {
      features.add(Feature.ENVIRONMENT);
    }
    if (keyPassword != null) {
      features.add(Feature.KEY);
    }
    return features;
  }

  /** Without the secrets, which must never reach a log. */
  @Override
  public String toString() {
    return "ConfigUpdate[slot=" + slot + "]";
  }

  /** Collects what is said of a slot; what is not set is absent. */
  public static final class Builder {

    private final String slot;
    private String repoUrl;
    private String repoPassword;
    private String repoUsername;
    private String repoCredential;
    private String hookShell;
    private Long limitUploadKib;
    private Long limitDownloadKib;
    private List<BackendVariable> environment;
    private String keyPassword;

    private Builder(String slot) {
      this.slot = slot;
    }

    public Builder repoUrl(String value) {
      repoUrl = value;
      return this;
    }

    public Builder repoPassword(String value) {
      repoPassword = value;
      return this;
    }

    public Builder repoUsername(String value) {
      repoUsername = value;
      return this;
    }

    public Builder repoCredential(String value) {
      repoCredential = value;
      return this;
    }

    public Builder hookShell(String value) {
      hookShell = value;
      return this;
    }

    public Builder limitUploadKib(Long value) {
      limitUploadKib = value;
      return this;
    }

    public Builder limitDownloadKib(Long value) {
      limitDownloadKib = value;
      return this;
    }

    public Builder environment(List<BackendVariable> value) {
      environment = value;
      return this;
    }

    public Builder keyPassword(String value) {
      keyPassword = value;
      return this;
    }

    /**
     * The message.
     *
     * @throws IllegalArgumentException if there is no such slot, or a limit is negative
     */
    public ConfigUpdate build() {
      return new ConfigUpdate(
          slot,
          repoUrl,
          repoPassword,
          repoUsername,
          repoCredential,
          hookShell,
          limitUploadKib,
          limitDownloadKib,
          environment,
          keyPassword);
    }
  }
}
