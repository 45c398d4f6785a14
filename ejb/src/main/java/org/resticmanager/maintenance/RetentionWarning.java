package org.resticmanager.maintenance;

/**
 * Something that a retention does and that its author may not expect.
 *
 * @param code for programs, in kebab-case
 * @param words for people
 */
public record RetentionWarning(String code, String words) {}
