package org.resticmanager.agent.connection;

/** There is no connection; the parting says why. */
final class CannotConnect extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Parting parting;

  CannotConnect(Parting parting) {
    super(parting.detail());
    this.parting = parting;
  }

  Parting parting() {
    return parting;
  }
}
