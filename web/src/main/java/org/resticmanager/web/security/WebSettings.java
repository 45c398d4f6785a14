package org.resticmanager.web.security;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The settings of the doors to the control plane. */
@ApplicationScoped
public class WebSettings {

  private static final String TRUSTED_PROXIES = "restic-manager.trusted-proxies";

  @Inject private Config config;

  private TrustedProxies trustedProxies;

  @PostConstruct
  void read() {
    trustedProxies =
        TrustedProxies.parse(config.getOptionalValue(TRUSTED_PROXIES, String.class).orElse(""));
  }

  /**
   * {@code restic-manager.server-realm}: what the application server's own realm is called on the
   * page to sign in. Default: none, and nobody comes in by it.
   */
  Optional<String> serverRealm() {
    return config
        .getOptionalValue("restic-manager.server-realm", String.class)
        .map(String::strip)
        .filter(name -> !name.isEmpty());
  }

  /**
   * {@code restic-manager.trusted-proxies}: addresses and networks of the reverse proxies before
   * us, as in {@code 127.0.0.1, 10.0.0.0/8}: what they say of a request's address and encryption
   * counts. Default: none, and {@code X-Forwarded-…} headers count for nothing.
   */
  TrustedProxies trustedProxies() {
    return trustedProxies;
  }
}
