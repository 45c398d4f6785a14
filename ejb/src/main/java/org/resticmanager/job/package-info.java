/**
 * The jobs: each is one run of restic on one host, a row before it is a message. Queueing, dispatch
 * to the host's agent, what the agent reports, and the end.
 */
package org.resticmanager.job;
