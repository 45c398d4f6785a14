package org.resticmanager.system;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one control plane that all of them share; it starts with the first test that
 * wants it. Each test has its own hosts on it.
 */
final class SharedControlPlane implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedControlPlane.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ControlPlane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Shared.class).controlPlane;
  }

  /** Closed by JUnit after the last test. */
  private static final class Shared implements CloseableResource {

    private final ControlPlane controlPlane = new ControlPlane();

    Shared() {}

    @Override
    public void close() {
      controlPlane.close();
    }
  }
}
