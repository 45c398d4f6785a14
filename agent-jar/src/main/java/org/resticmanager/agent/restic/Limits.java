package org.resticmanager.agent.restic;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of the network a restic may take, in KiB per second; 0 for all.
 *
 * @param uploadKib to its backend
 * @param downloadKib from its backend
 */
public record Limits(long uploadKib, long downloadKib) {

  /** As restic takes it before the name of any command. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (uploadKib > 0) {
      arguments.add("--limit-upload=" + uploadKib);
    }
    if (downloadKib > 0) {
      arguments.add("--limit-download=" + downloadKib);
    }
    return arguments;
  }
}
