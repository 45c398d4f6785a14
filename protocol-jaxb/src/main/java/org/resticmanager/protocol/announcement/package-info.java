/**
 * How a machine that announces itself proves that it holds its key: the key, its fingerprint, and
 * what is signed. Plain Java; for both sides.
 */
package org.resticmanager.protocol.announcement;
