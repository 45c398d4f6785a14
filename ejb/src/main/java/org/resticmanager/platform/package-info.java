/**
 * What every component stands on: clock, identifiers, database, settings and the refusals that a
 * caller can act on. Knows no other component; all may use it.
 */
package org.resticmanager.platform;
