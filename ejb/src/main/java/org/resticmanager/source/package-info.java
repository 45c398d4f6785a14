/** What is backed up: the source groups of the hosts, and when: their schedules. */
package org.resticmanager.source;
