package org.resticmanager.health;

import java.util.Optional;
import org.resticmanager.repository.RepositoryId;

/**
 * How a repository grows.
 *
 * @param repository which
 * @param name its name
 * @param bytes its size; empty if not yet measured
 * @param grown bytes that it has grown by in the last {@link Fleet#GROWTH_DAYS} days; empty if it
 *     is not known for so long
 * @param damaged whether its last check found something
 */
public record Growth(
    RepositoryId repository,
    String name,
    Optional<Long> bytes,
    Optional<Long> grown,
    boolean damaged) {}
