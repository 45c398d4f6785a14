package org.resticmanager.web.ui;

import jakarta.el.ELContext;
import jakarta.el.ELResolver;

/** Answers some of what pages ask for, and leaves all else, properties too, to others. */
abstract class ReadingResolver extends ELResolver {

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    // is somebody else's
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return false;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return null;
  }
}
