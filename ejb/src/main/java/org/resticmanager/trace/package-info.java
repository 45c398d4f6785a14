/**
 * A trace of each job for whoever collects traces: from when it was asked for to restic's end.
 * Observes jobs; nobody needs it.
 */
package org.resticmanager.trace;
