package org.resticmanager.protocol.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * On a record where overlooking an unknown key of this beginning would be dangerous: a frame with
 * such a key is malformed. Elsewhere unknown keys are ignored.
 */
@Target(ElementType.TYPE)
@Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
@interface RefuseUnknown {

  /** How the refused keys begin. */
  String prefix();
}
