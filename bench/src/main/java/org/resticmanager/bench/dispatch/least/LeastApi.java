package org.resticmanager.bench.dispatch.least;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the resource is. */
@ApplicationPath("api")
public class LeastApi extends Application {}
