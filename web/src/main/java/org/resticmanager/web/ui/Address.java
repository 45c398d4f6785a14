package org.resticmanager.web.ui;

import jakarta.faces.context.FacesContext;
import java.util.Objects;

/**
 * What the page's address names. Read from the request itself: Faces looks at parts of a page
 * before it has handed out view parameters.
 */
final class Address {

  private Address() {}

  /** A parameter of the address; empty if it is missing. */
  static String parameter(String name) {
    return Objects.requireNonNullElse(
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap().get(name),
        "");
  }
}
