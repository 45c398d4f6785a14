package org.resticmanager.job;

import org.resticmanager.host.HostId;

/** A job of this host runs now; observe it after commit. */
public record JobBegun(HostId host) {}
