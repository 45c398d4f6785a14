package org.resticmanager.container;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** What the container gives to every stateless bean. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@interface InTransaction {

  /** For the extension that adds it. */
  final class Literal extends AnnotationLiteral<InTransaction> implements InTransaction {

    private static final long serialVersionUID = 1L;
  }
}
