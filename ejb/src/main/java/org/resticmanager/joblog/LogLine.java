package org.resticmanager.joblog;

import java.time.Instant;
import org.resticmanager.protocol.wire.LogStreamName;

/**
 * A line of a job's log.
 *
 * @param seq its number, from 1
 * @param time when the agent read it
 * @param stream where it came from
 * @param text hostile until escaped: it may hold control characters and markup
 */
public record LogLine(long seq, Instant time, LogStreamName stream, String text) {}
