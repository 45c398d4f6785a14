package org.resticmanager.trace;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Does not let a node start whose settings of traces make no sense. */
@Singleton
@Startup
@PermitAll
public class TraceCheck {

  @Inject private TraceSettings settings;

  @PostConstruct
  void check() {
    settings.url();
    settings.authorization();
  }
}
