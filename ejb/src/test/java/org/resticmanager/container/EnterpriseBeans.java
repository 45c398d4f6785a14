package org.resticmanager.container;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.literal.InjectLiteral;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes CDI beans of enterprise beans, and provides what a server would. */
final class EnterpriseBeans implements Extension {

  private final Map<Class<?>, Object> provided = new LinkedHashMap<>();

  /** Whoever wants a bean of this type gets this one. */
  <T> EnterpriseBeans provide(Class<T> type, T bean) {
    provided.put(type, bean);
    return this;
  }

  void adapt(@Observes ProcessAnnotatedType<?> type) {
    AnnotatedTypeConfigurator<?> bean = type.configureAnnotatedType();
    if (type.getAnnotatedType().isAnnotationPresent(Stateless.class)) {
      bean.add(ApplicationScoped.Literal.INSTANCE).add(new InTransaction.Literal());
    }
    if (type.getAnnotatedType().isAnnotationPresent(Singleton.class)) {
      bean.add(ApplicationScoped.Literal.INSTANCE);
    }
    bean.fields().stream()
        .filter(field -> field.getAnnotated().isAnnotationPresent(Resource.class))
        .forEach(field -> field.add(InjectLiteral.INSTANCE));
  }

  void add(@Observes AfterBeanDiscovery beans) {
    provided.forEach((type, bean) -> beans.addBean().types(type).createWith(context -> bean));
  }
}
