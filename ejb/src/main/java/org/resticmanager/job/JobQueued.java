package org.resticmanager.job;

import org.resticmanager.host.HostId;

/** There may be something to dispatch to this host; observe it after commit. */
public record JobQueued(HostId host) {}
