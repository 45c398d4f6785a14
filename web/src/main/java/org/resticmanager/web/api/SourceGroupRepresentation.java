package org.resticmanager.web.api;

import java.util.Arrays;
import java.util.List;
import org.resticmanager.source.Hooks;
import org.resticmanager.source.Paths;
import org.resticmanager.source.RetryRule;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroupPlan;

/**
 * A source group in the API.
 *
 * @param name unique on the host; the snapshots' tag; ignored on writing, where the path names it
 * @param includes absolute paths, at least one
 * @param excludes restic's exclude patterns
 * @param excludeCaches whether folders that call themselves caches are left out
 * @param excludeIfPresent files whose presence leaves their folder out
 * @param oneFileSystem whether mounts below the includes are left out
 * @param retention how long snapshots are kept; without it all are
 * @param retryMax how often a failed backup is tried again; 2 unless told
 * @param retryBackoffSeconds the pause before that; doubles each time, up to 6 h; 300 unless told
 * @param preHook run by the host's shell before restic
 * @param postHook run after it
 * @param hookTimeoutSeconds how long each may take; 600 unless told
 * @param floorBytes a backup of less has failed; 0 for none
 */
public record SourceGroupRepresentation(
    String name,
    List<String> includes,
    List<String> excludes,
    Boolean excludeCaches,
    List<String> excludeIfPresent,
    Boolean oneFileSystem,
    RetentionRepresentation retention,
    Integer retryMax,
    Integer retryBackoffSeconds,
    String preHook,
    String postHook,
    Integer hookTimeoutSeconds,
    Long floorBytes)
    implements Editable {

  static SourceGroupRepresentation of(SourceGroupDetails group) {
    SourceGroupPlan plan = group.plan();
    return new SourceGroupRepresentation(
        group.name(),
        plan.paths().includes(),
        plan.paths().excludes(),
        plan.paths().excludeCaches(),
        plan.paths().excludeIfPresent(),
        plan.paths().oneFileSystem(),
        RetentionRepresentation.of(plan.retention()),
        plan.retry().max(),
        plan.retry().backoffSeconds(),
        plan.hooks().pre(),
        plan.hooks().post(),
        plan.hooks().timeoutSeconds(),
        plan.floorBytes());
  }

  @Override
  public List<Object> editable() {
    return Arrays.asList(
        includes,
        excludes,
        excludeCaches,
        excludeIfPresent,
        oneFileSystem,
        retention == null ? null : retention.editable(),
        retryMax,
        retryBackoffSeconds,
        preHook,
        postHook,
        hookTimeoutSeconds,
        floorBytes);
  }

  SourceGroupPlan plan() {
    return new SourceGroupPlan(
        new Paths(
            includes,
            excludes,
            Boolean.TRUE.equals(excludeCaches),
            excludeIfPresent,
            Boolean.TRUE.equals(oneFileSystem)),
        RetentionRepresentation.retention(retention),
        RetryRule.of(retryMax, retryBackoffSeconds),
        new Hooks(
            preHook,
            postHook,
            hookTimeoutSeconds == null ? Hooks.NONE.timeoutSeconds() : hookTimeoutSeconds),
        floorBytes == null ? 0 : floorBytes);
  }
}
