/**
 * The restic repositories: where they are, the credentials of their slots, which host backs up to
 * which, and what the agents report of them.
 */
package org.resticmanager.repository;
