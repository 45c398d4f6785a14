/**
 * WebSocket and the HTTP around it, bare: the kit must be able to cut a connection, lie about a
 * frame and send what libraries refuse to send. Knows nothing of the protocol above it.
 */
package org.resticmanager.conformance.socket;
