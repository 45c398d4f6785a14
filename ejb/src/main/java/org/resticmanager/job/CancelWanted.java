package org.resticmanager.job;

import org.resticmanager.host.HostId;

/** Somebody wants a job ended that is with its agent; observe it after commit. */
public record CancelWanted(HostId host, JobId job) {}
