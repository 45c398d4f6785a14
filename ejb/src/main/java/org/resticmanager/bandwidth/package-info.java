/**
 * How much of its network a host gives to restic, and when. Read at the moment a job is sent; what
 * runs already keeps the limits that it began with.
 */
package org.resticmanager.bandwidth;
