/** What is backed up: the source groups of the hosts, and (later) their schedules. */
package org.resticmanager.source;
