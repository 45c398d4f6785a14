/**
 * The control plane that is measured: the runnable file as a process of its own, its REST API, its
 * database, and what it costs.
 */
package org.resticmanager.bench.node;
