package org.resticmanager.repository;

import org.resticmanager.host.HostId;

/**
 * A host has been connected to this repository, in this transaction. What waits on it for another
 * one has no way there any more.
 */
public record HostMoved(HostId host, RepositoryId to) {}
