package org.resticmanager.source;

import java.util.UUID;

/**
 * A source group.
 *
 * @param id the source group
 * @param name unique on its host; the snapshots' tag
 * @param plan what was decided about it
 */
public record SourceGroupDetails(UUID id, String name, SourceGroupPlan plan) {}
