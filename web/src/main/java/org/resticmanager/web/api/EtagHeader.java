package org.resticmanager.web.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Puts the tag of what can be edited on every answer that holds it. */
@Provider
public class EtagHeader implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Editable state) {
      response.getHeaders().putSingle(HttpHeaders.ETAG, Etag.of(state).quoted());
    }
  }
}
