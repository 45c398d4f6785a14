package org.resticmanager.bench.start.oneofeach;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** One bean of one page. */
@Named
@RequestScoped
public class OneView {

  @Inject private OneBean bean;

  public boolean isThere() {
    return bean.isThere();
  }
}
