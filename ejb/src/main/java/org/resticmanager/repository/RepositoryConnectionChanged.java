package org.resticmanager.repository;

import org.resticmanager.host.HostId;

/** A host's repository connection or its credentials have changed; observe it after commit. */
public record RepositoryConnectionChanged(HostId host) {}
