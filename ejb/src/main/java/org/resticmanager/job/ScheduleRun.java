package org.resticmanager.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * What became of one source group when a schedule had fired.
 *
 * @param schedule which one
 * @param scheduledAt the moment that its expression names
 * @param job the newest attempt; empty if a later run stands for it, or its job is not kept any
 *     more
 * @param status of that attempt
 * @param flagged it succeeded, but something needs a look
 */
public record ScheduleRun(
    UUID schedule,
    Instant scheduledAt,
    Optional<JobId> job,
    Optional<JobStatus> status,
    boolean flagged) {}
