/** How long it is from the start of the runnable file until it answers. */
package org.resticmanager.bench.start;
