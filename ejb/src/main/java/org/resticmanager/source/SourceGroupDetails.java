package org.resticmanager.source;

import java.util.UUID;

/**
 * A source group.
 *
 * @param id the source group
 * @param name unique on its host; the snapshots' tag
 * @param paths what it covers
 * @param retry how its backups are repeated when they fail
 */
public record SourceGroupDetails(UUID id, String name, Paths paths, RetryRule retry) {}
