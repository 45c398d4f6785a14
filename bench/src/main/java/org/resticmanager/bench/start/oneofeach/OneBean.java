package org.resticmanager.bench.start.oneofeach;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** One bean with transactions. */
@Stateless
public class OneBean {

  @PersistenceContext private EntityManager entities;

  /** Whether the one row is there. */
  public boolean isThere() {
    return entities.find(OneEntity.class, 1L) != null;
  }
}
