/**
 * When this host's schedules fire: the list that the control plane gave us, kept on disk, and the
 * fires that it has to hear of. It knows no connection: {@code connection} gives it the lists and
 * fetches the fires.
 */
package org.resticmanager.agent.schedule;
