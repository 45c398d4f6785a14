/**
 * What thousands of connected agents cost the server, and how they all come back to one that was
 * killed; beside an endpoint that only echoes, on the same server.
 */
package org.resticmanager.bench.connected;
