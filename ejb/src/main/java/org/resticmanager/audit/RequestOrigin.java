package org.resticmanager.audit;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** From where the request that is being answered came. The edges set it. */
@RequestScoped
public class RequestOrigin {

  private String address;

  /** Called once, before anything is done for the request. */
  public void from(String networkAddress) {
    address = networkAddress;
  }

  /** The network address; empty for what the control plane does by itself. */
  public Optional<String> address() {
    return Optional.ofNullable(address);
  }
}
