package org.resticmanager.web.ui;

import jakarta.el.ELContext;
import jakarta.faces.context.FacesContext;

/**
 * Finds what a table calls its row before all beans are asked whether one of them has that name: a
 * page of fifty rows names its row over a thousand times.
 */
public final class RowVariables extends ReadingResolver {

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    if (base != null || !(property instanceof String name)) {
      return null;
    }
    FacesContext faces = (FacesContext) context.getContext(FacesContext.class);
    Object value = faces == null ? null : faces.getExternalContext().getRequestMap().get(name);
    if (value != null) {
      context.setPropertyResolved(null, property);
    }
    return value;
  }
}
