/**
 * A year of a fleet in a minute: real beans and a real PostgreSQL, simulated agents and an injected
 * clock. What should have happened is reckoned by other means.
 */
package org.resticmanager.year;
