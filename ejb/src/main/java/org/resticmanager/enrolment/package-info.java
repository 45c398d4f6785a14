/**
 * How a machine becomes a host: one-time tokens or announcements, and the agent tokens by which a
 * host is known from then on.
 */
package org.resticmanager.enrolment;
