package org.resticmanager.job;

import java.time.Instant;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.JobKind;

/**
 * A job that has the lease of a repository, or stands in line for it.
 *
 * @param job which one
 * @param host where it runs, or will
 * @param hostName what that is called
 * @param holds it has the lease; else it waits
 * @param alone nobody else may have the lease meanwhile
 * @param since when it began, or was asked for
 */
public record RepositoryUse(
    JobId job,
    JobKind kind,
    HostId host,
    String hostName,
    boolean holds,
    boolean alone,
    Instant since) {}
