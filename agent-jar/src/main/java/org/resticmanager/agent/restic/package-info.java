/**
 * Runs restic and reads what it says: one class per command, for every version from 0.14 on. Used
 * by {@code job}; it knows nothing of jobs, spools or the control plane. Only {@link
 * org.resticmanager.agent.restic.ResticProcess} starts processes.
 */
package org.resticmanager.agent.restic;
