package org.resticmanager.bench.start.oneofeach;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the resource is. */
@ApplicationPath("api")
public class OneApi extends Application {}
