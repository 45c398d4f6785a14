/**
 * What a machine needs to become a host, for everybody: the agent and the script that installs it.
 */
package org.resticmanager.web.download;
