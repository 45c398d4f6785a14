package org.resticmanager.bench.dispatch.least;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Is asked for something that is to be done elsewhere. */
@Path("orders/{row}")
@ApplicationScoped
public class LeastResource {

  @Inject private LeastBean bean;

  /** Sends the frame once the row is in the database. */
  @POST
  public Response order(@PathParam("row") int row) {
    bean.update(row);
    LeastSocket.send();
    return Response.accepted().build();
  }
}
