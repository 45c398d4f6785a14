package org.resticmanager.user;

/**
 * A person who has proved who they are.
 *
 * @param id the person
 * @param name for the audit trail and the page's corner
 * @param role what they may do
 */
public record Caller(UserId id, String name, Role role) {}
