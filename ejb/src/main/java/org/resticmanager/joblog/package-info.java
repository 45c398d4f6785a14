/** The job logs: bulk data, written in batches, each line once, and read in pages. */
package org.resticmanager.joblog;
