package org.resticmanager.source;

import org.resticmanager.host.HostId;

/** A host's list of schedules has a new version; observe it after commit. */
public record SchedulesChanged(HostId host) {}
