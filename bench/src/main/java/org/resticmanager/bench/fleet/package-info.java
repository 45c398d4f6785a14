/**
 * Simulated agents: real WebSockets, many on one thread, so that they take little of the machine
 * that they share with what is measured.
 */
package org.resticmanager.bench.fleet;
