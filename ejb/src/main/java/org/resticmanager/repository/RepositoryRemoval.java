package org.resticmanager.repository;

/**
 * A repository is about to be removed from management, in this transaction. Who cannot do without
 * it throws a {@link org.resticmanager.platform.Conflict}; who keeps something of it drops that.
 */
public record RepositoryRemoval(RepositoryId repository) {}
