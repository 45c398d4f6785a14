/**
 * Keeps what must not be read: envelopes around stored secrets, the key that opens them, and tokens
 * that are stored only as hashes.
 */
package org.resticmanager.secret;
