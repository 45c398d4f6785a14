/**
 * The runnable file: reads the settings, starts the embedded PostgreSQL unless told a database,
 * then Payara Micro with the war, all in one process, and stops them in the opposite order.
 *
 * <p>Nobody calls this package but the command line ({@link
 * org.resticmanager.standalone.Standalone}). The application knows nothing of it: it finds the data
 * source {@code jdbc/restic-manager} on the server, its settings in MicroProfile Config, and what
 * it logs at INFO to the logger {@code org.resticmanager.console} is printed on the console.
 */
package org.resticmanager.standalone;
