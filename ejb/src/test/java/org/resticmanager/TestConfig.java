package org.resticmanager;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Settings of a test's own. */
public final class TestConfig {

  private TestConfig() {}

  /** These, by their names, also as they will be later; everything else is not set. */
  public static Config of(Map<String, String> values) {
    return (Config)
        Proxy.newProxyInstance(
            TestConfig.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("getOptionalValue")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return Optional.ofNullable(values.get(arguments[0]));
            });
  }
}
