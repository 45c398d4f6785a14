package org.resticmanager.repository;

import org.resticmanager.host.HostId;

/**
 * A host is about to be connected to this repository, in this transaction, and may be connected to
 * another one now. Who has it at work there throws a {@link org.resticmanager.platform.Conflict}.
 */
public record HostMoving(HostId host, RepositoryId to) {}
