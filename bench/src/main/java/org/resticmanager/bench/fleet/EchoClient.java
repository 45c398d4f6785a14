package org.resticmanager.bench.fleet;

/**
 * Says what an idle agent says to a server that only sends it back: it is welcome when its hello
 * has come back.
 */
public final class EchoClient extends IdleAgent {

  public EchoClient() {
    super("any");
  }

  @Override
  void heard(String frame) {
    welcomed();
  }
}
