package org.resticmanager.host;

import jakarta.enterprise.context.RequestScoped;
import java.util.function.Supplier;

/** Which hosts the caller of the request that is being answered sees. The edges set it. */
@RequestScoped
public class CallerSight {

  private Supplier<Sight> sight = () -> Sight.EVERYTHING;

  /**
   * Called once, before anything is done for the request.
   *
   * @param known asked when a host is looked for: by then it is known who calls
   */
  public void from(Supplier<Sight> known) {
    sight = known;
  }

  /** What the caller sees; everything, unless the edge has said something else. */
  public Sight sight() {
    return sight.get();
  }
}
