/** What one and two nodes on one database do in the same time. */
package org.resticmanager.bench.nodes;
