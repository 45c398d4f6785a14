/** Whether what one job, one line or one page costs stays the same when there is more of all. */
package org.resticmanager.bench.growth;
