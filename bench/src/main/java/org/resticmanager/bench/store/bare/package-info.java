/** The least that a page with a list can be on the same server: fifty rows that are there. */
package org.resticmanager.bench.store.bare;
