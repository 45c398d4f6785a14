/**
 * The commands that a person or a service manager types: they put the other packages together and
 * turn what goes wrong into one line and an exit code. Nothing else depends on them.
 */
package org.resticmanager.agent.cli;
