package org.resticmanager.web.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** {@code /api/v1}. What it can do is described by OpenAPI, so Jersey's WADL is off. */
@ApplicationPath("/api/v1")
public class ApiV1 extends Application {

  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
