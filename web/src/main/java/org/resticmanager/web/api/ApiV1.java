package org.resticmanager.web.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class ApiV1 extends Application {}
