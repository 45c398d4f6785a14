/** What the cron expressions of schedules mean. */
package org.resticmanager.protocol.cron;
