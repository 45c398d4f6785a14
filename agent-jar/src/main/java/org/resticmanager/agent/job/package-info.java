/**
 * Carries out the jobs that lie in the spool, one at a time, and writes what happens back to it.
 * {@code connection} and {@code cli} may use it; it does not know whether anybody is listening.
 */
package org.resticmanager.agent.job;
