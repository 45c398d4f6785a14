/**
 * How well the hosts are protected, and why not: judged by what their schedules make expect and by
 * the last backups that succeeded. For the edges; nobody in the domain needs it.
 */
package org.resticmanager.health;
