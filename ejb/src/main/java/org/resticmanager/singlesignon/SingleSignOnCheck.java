package org.resticmanager.singlesignon;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/**
 * Does not let a node start whose settings of single sign-on make no sense: the administrator would
 * hear of it from people who cannot come in.
 */
@Singleton
@Startup
@PermitAll
public class SingleSignOnCheck {

  @Inject private SingleSignOnSettings settings;

  @PostConstruct
  void check() {
    settings.require();
  }
}
