package org.resticmanager.bench.fleet;

import java.io.IOException;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.EventAck;

/** Has nothing to do, and may be cut off: it comes back. */
public class IdleAgent extends SimulatedAgent {

  private final String token;

  public IdleAgent(String token) {
    this.token = token;
  }

  final String token() {
    return token;
  }

  @Override
  protected void backup(CommandRun command) {
    throw new IllegalStateException("nobody asked for a backup: " + command);
  }

  @Override
  protected void confirmed(EventAck ack) {
    throw new IllegalStateException("nothing was to be confirmed: " + ack);
  }

  @Override
  final void cutOff(IOException reason) {
    // its fleet tries again
  }
}
