/** Plays a control plane to an agent: the checks, and what they need to be that control plane. */
package org.resticmanager.conformance.agent;
