package org.resticmanager.secret;

/**
 * A key to the envelopes, without the key itself.
 *
 * @param id its name: eight hexadecimal digits
 * @param current whether new envelopes are closed with it
 * @param envelopes how many were; when none is left it is needed for older copies of the database
 *     only
 */
public record SecretKey(String id, boolean current, long envelopes) {}
