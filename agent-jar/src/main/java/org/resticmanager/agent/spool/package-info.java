/**
 * What the agent was told to do and has to say, kept on disk until the control plane confirms it: a
 * folder per job with the command and its events in order. Used by {@code job}, which writes
 * events, and by {@code connection}, which sends them.
 */
package org.resticmanager.agent.spool;
