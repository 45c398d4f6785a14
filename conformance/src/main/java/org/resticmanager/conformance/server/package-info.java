/** Plays an agent against a control plane: the checks, and what they need to be that agent. */
package org.resticmanager.conformance.server;
