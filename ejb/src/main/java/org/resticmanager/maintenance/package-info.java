/**
 * What keeps repositories small and sound: which snapshots a retention would remove, and the plans
 * by which forget, prune and check are run.
 */
package org.resticmanager.maintenance;
