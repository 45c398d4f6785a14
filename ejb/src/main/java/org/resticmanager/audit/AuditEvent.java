package org.resticmanager.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Something that was done.
 *
 * @param id orders the events by time
 * @param at when, to the microsecond
 * @param actor who: a person's name, or {@link Audit#CONTROL_PLANE}
 * @param address from which network address; empty if it came from none
 * @param action what, such as {@code schedule.changed}
 * @param target to what
 * @param before how that stood before, as a JSON object; empty if it was not there
 * @param after how it stood after; empty if it is gone
 * @param number its place in the chain, from 1; empty for the seconds until it is part of it
 */
public record AuditEvent(
    UUID id,
    Instant at,
    String actor,
    Optional<String> address,
    String action,
    Target target,
    Optional<String> before,
    Optional<String> after,
    OptionalLong number) {}
