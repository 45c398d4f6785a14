package org.resticmanager.platform;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Hands the stores the entity manager, which always works in the transaction of whoever calls it.
 *
 * <p>An enterprise bean asks for it because only enterprise beans wait for the persistence unit: on
 * WildFly a CDI bean with {@code @PersistenceContext} is looked at before the unit is there when an
 * archive is deployed for the second time in one process, and the deployment fails.
 */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
@PermitAll
public class Entities {

  @PersistenceContext private EntityManager entityManager;

  /** For {@code @Inject} in a store. */
  @Produces
  public EntityManager entityManager() {
    return entityManager;
  }
}
