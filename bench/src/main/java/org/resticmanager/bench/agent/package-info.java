/** What a backup costs more when our agent runs it than when restic is called by hand. */
package org.resticmanager.bench.agent;
