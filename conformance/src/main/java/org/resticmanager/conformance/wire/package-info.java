/** Frames as the kit sees them: raw JSON and its rules, and one conversation over one socket. */
package org.resticmanager.conformance.wire;
