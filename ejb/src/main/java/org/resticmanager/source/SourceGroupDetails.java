package org.resticmanager.source;

import java.util.UUID;

/**
 * A source group.
 *
 * @param id the source group
 * @param name unique on its host; the snapshots' tag
 * @param plan what was decided about it
 * @param version counts the changes of its plan, from 1
 */
public record SourceGroupDetails(UUID id, String name, SourceGroupPlan plan, long version) {}
