package org.resticmanager.web.api;

/**
 * Problem details (RFC 9457).
 *
 * @param title the kind of problem, always the same for a status
 * @param status the HTTP status
 * @param code for programs; never changes
 * @param detail for people: what was wrong and what to do
 * @param field the field of the input that is to blame; absent if none is
 */
public record ProblemRepresentation(
    String title, int status, String code, String detail, String field) {}
