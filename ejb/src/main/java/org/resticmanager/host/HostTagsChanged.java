package org.resticmanager.host;

/** A host has other tags; observe it after commit. */
public record HostTagsChanged(HostId host) {}
