/** Whether lists, logs and retention stay quick when there is much of everything. */
package org.resticmanager.bench.store;
