/**
 * What people have the list of hosts show, kept for each of them under names of their own. For the
 * edges; nobody in the domain needs it.
 */
package org.resticmanager.savedview;
