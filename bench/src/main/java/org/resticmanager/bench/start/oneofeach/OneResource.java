package org.resticmanager.bench.start.oneofeach;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** One resource. */
@Path("one")
@RequestScoped
public class OneResource {

  @Inject private OneBean bean;

  @GET
  public String get() {
    return Boolean.toString(bean.isThere());
  }
}
