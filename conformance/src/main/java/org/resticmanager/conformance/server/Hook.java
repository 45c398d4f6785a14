package org.resticmanager.conformance.server;

import java.io.IOException;
import java.util.Map;

/** What an operator of the control plane would do; the wire has no word for it. */
@FunctionalInterface
public interface Hook {

  /**
   * Does it.
   *
   * @param environment says on what, for example {@code RM_JOB_ID}
   * @return what was printed, without the last line's end
   * @throws IOException if it could not be done; the message says why
   */
  String call(Map<String, String> environment) throws IOException, InterruptedException;
}
