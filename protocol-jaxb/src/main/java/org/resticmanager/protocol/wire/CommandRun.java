package org.resticmanager.protocol.wire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The order to run a job. Sending the same job again is harmless: the agent runs each job id once
 * and answers a repeat with what became of it. Make one with {@link #of}.
 *
 * @param jobId the job
 * @param kind the operation
 * @param args further arguments for kinds that have no fields of their own
 * @param includes paths of a backup
 * @param excludes restic's exclude patterns of a backup
 * @param tag the source group's name, which becomes the snapshot's tag
 * @param retentionPolicy what a forget keeps; null if none
 * @param requiresAdminCreds use the {@code admin} slot of the repository connection
 * @param forgetGroups one forget each, instead of {@code tag} and {@code retentionPolicy}
 *     (extension {@code forget_groups})
 * @param restore what a restore brings back; null for other kinds (extension {@code restore})
 * @param diff what a diff compares; null for other kinds (extension {@code diff})
 * @param preHook run before restic; if it fails, so does the job; empty for none (extension {@code
 *     hooks})
 * @param postHook run after restic whatever happened; empty for none (extension {@code hooks})
 * @param hookTimeoutSeconds how long each hook may take; null leaves it to the agent (extension
 *     {@code hooks})
 * @param excludeCaches a backup leaves out folders that say that they are caches (extension {@code
 *     exclude_options}, like the next two)
 * @param excludeIfPresent a backup leaves out folders that hold one of these files
 * @param oneFileSystem a backup stays in the file systems of its includes
 * @param limitUploadKib KiB per second, 0 for none; null leaves what {@code config.update} said
 *     (extension {@code bandwidth})
 * @param limitDownloadKib likewise
 * @param readDataSubset the part of the data that a check reads, in restic's syntax; empty for none
 *     (extension {@code read_data_subset})
 */
public record CommandRun(
    String jobId,
    JobKind kind,
    @OmitEmpty List<String> args,
    @OmitEmpty List<String> includes,
    @OmitEmpty List<String> excludes,
    @OmitEmpty String tag,
    RetentionPolicy retentionPolicy,
    @OmitEmpty boolean requiresAdminCreds,
    @OmitEmpty List<ForgetGroup> forgetGroups,
    Restore restore,
    Diff diff,
    @OmitEmpty String preHook,
    @OmitEmpty String postHook,
    Long hookTimeoutSeconds,
    @OmitEmpty boolean excludeCaches,
    @OmitEmpty List<String> excludeIfPresent,
    @OmitEmpty boolean oneFileSystem,
    Long limitUploadKib,
    Long limitDownloadKib,
    @OmitEmpty String readDataSubset)
    implements ServerMessage {

  public CommandRun {
    Require.present(jobId, "job_id");
    Require.present(kind, "kind");
    args = Require.listOrEmpty(args);
    includes = Require.listOrEmpty(includes);
    excludes = Require.listOrEmpty(excludes);
    tag = Require.textOrEmpty(tag);
    forgetGroups = Require.listOrEmpty(forgetGroups);
    preHook = Require.textOrEmpty(preHook);
    postHook = Require.textOrEmpty(postHook);
    Require.notNegative(hookTimeoutSeconds, "hook_timeout_seconds");
    excludeIfPresent = Require.listOrEmpty(excludeIfPresent);
    Require.notNegative(limitUploadKib, "limit_upload_kib");
    Require.notNegative(limitDownloadKib, "limit_download_kib");
    readDataSubset = Require.textOrEmpty(readDataSubset);
    switch (kind) {
      case FORGET -> requirePolicy(retentionPolicy, forgetGroups);
      case RESTORE -> Require.present(restore, "restore");
      case DIFF -> Require.present(diff, "diff");
      case BACKUP, INIT, PRUNE, CHECK, UNLOCK, TEST, KEY_ADD, KEY_REMOVE -> {}
    }
  }

  private static void requirePolicy(RetentionPolicy policy, List<ForgetGroup> groups) {
    if (groups.isEmpty() && (policy == null || policy.empty())) {
      throw new IllegalArgumentException("retention_policy is empty: it would delete everything");
    }
  }

  /** Begins a command of this kind. */
  public static Builder of(String jobId, JobKind kind) {
    return new Builder(jobId, kind);
  }

  @Override
  public Set<String> requires() {
    Set<String> features = new LinkedHashSet<>();
    needs(features, !forgetGroups.isEmpty(), Feature.FORGET_GROUPS);
    needs(features, kind == JobKind.RESTORE, Feature.RESTORE);
    needs(features, kind == JobKind.DIFF, Feature.DIFF);
    needs(features, kind == JobKind.TEST, Feature.TEST);
    needs(features, kind == JobKind.KEY_ADD || kind == JobKind.KEY_REMOVE, Feature.KEY);
    needs(
        features,
        !preHook.isEmpty() || !postHook.isEmpty() || hookTimeoutSeconds != null,
        Feature.HOOKS);
    needs(
        features,
        excludeCaches || !excludeIfPresent.isEmpty() || oneFileSystem,
        Feature.EXCLUDE_OPTIONS);
    needs(features, limitUploadKib != null || limitDownloadKib != null, Feature.BANDWIDTH);
    needs(features, !readDataSubset.isEmpty(), Feature.READ_DATA_SUBSET);
    return features;
  }

  private static void needs(Set<String> features, boolean used, String feature) {
    if (used) {
      features.add(feature);
    }
  }

  /** Collects what a command says beyond its job and kind; what is not set is absent. */
  public static final class Builder {

    private final String jobId;
    private final JobKind kind;
    private List<String> args;
    private List<String> includes;
    private List<String> excludes;
    private String tag;
    private RetentionPolicy retentionPolicy;
    private boolean requiresAdminCreds;
    private List<ForgetGroup> forgetGroups;
    private Restore restore;
    private Diff diff;
    private String preHook;
    private String postHook;
    private Long hookTimeoutSeconds;
    private boolean excludeCaches;
    private List<String> excludeIfPresent;
    private boolean oneFileSystem;
    private Long limitUploadKib;
    private Long limitDownloadKib;
    private String readDataSubset;

    private Builder(String jobId, JobKind kind) {
      this.jobId = jobId;
      this.kind = kind;
    }

    public Builder args(List<String> value) {
      args = value;
      return this;
    }

    public Builder includes(List<String> value) {
      includes = value;
      return this;
    }

    public Builder excludes(List<String> value) {
      excludes = value;
      return this;
    }

    public Builder tag(String value) {
      tag = value;
      return this;
    }

    public Builder retentionPolicy(RetentionPolicy value) {
      retentionPolicy = value;
      return this;
    }

    public Builder requiresAdminCreds(boolean value) {
      requiresAdminCreds = value;
      return this;
    }

    public Builder forgetGroups(List<ForgetGroup> value) {
      forgetGroups = value;
      return this;
    }

    public Builder restore(Restore value) {
      restore = value;
      return this;
    }

    public Builder diff(Diff value) {
      diff = value;
      return this;
    }

    /** The two hooks, null or empty for none, and how long each may take. */
    public Builder hooks(String pre, String post, Long timeoutSeconds) {
      preHook = pre;
      postHook = post;
      hookTimeoutSeconds = timeoutSeconds;
      return this;
    }

    /** What a backup leaves out beyond patterns. */
    public Builder excludeOptions(
        boolean caches, List<String> ifPresent, boolean otherFileSystems) {
      excludeCaches = caches;
      excludeIfPresent = ifPresent;
      oneFileSystem = otherFileSystems;
      return this;
    }

    /** KiB per second, 0 for none, null for what {@code config.update} said. */
    public Builder limits(Long uploadKib, Long downloadKib) {
      limitUploadKib = uploadKib;
      limitDownloadKib = downloadKib;
      return this;
    }

    public Builder readDataSubset(String value) {
      readDataSubset = value;
      return this;
    }

    /**
     * The command.
     *
     * @throws IllegalArgumentException if what its kind requires is missing
     */
    public CommandRun build() {
      return new CommandRun(
          jobId,
          kind,
          args,
          includes,
          excludes,
          tag,
          retentionPolicy,
          requiresAdminCreds,
          forgetGroups,
          restore,
          diff,
          preHook,
          postHook,
          hookTimeoutSeconds,
          excludeCaches,
          excludeIfPresent,
          oneFileSystem,
          limitUploadKib,
          limitDownloadKib,
          readDataSubset);
    }
  }
}
