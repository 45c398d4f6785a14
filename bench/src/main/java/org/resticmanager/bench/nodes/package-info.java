/** What one, two and three nodes on one database do in the same time. */
package org.resticmanager.bench.nodes;
