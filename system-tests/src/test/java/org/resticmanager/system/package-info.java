/**
 * The product as a whole, from outside: real server process, real agents, real restic, real
 * browser. The tests know only public interfaces: REST, the agent's command line, the pages, and
 * what restic says of a repository.
 */
package org.resticmanager.system;
