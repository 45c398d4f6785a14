/** How many log lines a second a node takes from its agents, beside one plain COPY of the same. */
package org.resticmanager.bench.log;
