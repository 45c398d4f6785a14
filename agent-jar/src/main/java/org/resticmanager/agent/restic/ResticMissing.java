package org.resticmanager.agent.restic;

import java.io.IOException;

/** There is no restic that could be run; the message says where it was looked for. */
public final class ResticMissing extends IOException {

  private static final long serialVersionUID = 1L;

  ResticMissing(String message) {
    super(message);
  }
}
