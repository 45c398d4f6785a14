/**
 * What the agent keeps about itself on disk: its enrolment, the repository connections that the
 * control plane brought, and the folder they lie in. Everything is written atomically and readable
 * by its owner only. Any other package may use it; it knows none of them but the wire records.
 */
package org.resticmanager.agent.config;
