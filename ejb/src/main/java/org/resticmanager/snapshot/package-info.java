/** What the repositories hold: a projection of restic's snapshots, as the agents report them. */
package org.resticmanager.snapshot;
