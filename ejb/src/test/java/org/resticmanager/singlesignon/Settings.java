package org.resticmanager.singlesignon;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Settings of single sign-on, for tests. */
final class Settings {

  private Settings() {}

  /** Those of these names, without what stands before all of them. */
  static SingleSignOnSettings of(Map<String, String> values) {
    return new SingleSignOnSettings(
        (Config)
            Proxy.newProxyInstance(
                Settings.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) ->
                    Optional.ofNullable(
                        values.get(
                            arguments[0].toString().substring("restic-manager.oidc.".length())))));
  }
}
