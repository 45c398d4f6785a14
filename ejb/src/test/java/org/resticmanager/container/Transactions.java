package org.resticmanager.container;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jboss.weld.transaction.spi.TransactionServices;
import org.postgresql.ds.PGSimpleDataSource;
import org.resticmanager.TestDatabase;

/**
 * Transactions as a container has them: what is called inside of one joins it, JPA and JDBC share
 * its connection, and observers of its end are called after it.
 */
final class Transactions implements TransactionServices, AutoCloseable {

  private final TestDatabase database;
  private final EntityManagerFactory factory;
  private final ThreadLocal<Running> running = new ThreadLocal<>();

  private record Running(EntityManager entityManager, List<Synchronization> atTheEnd) {}

  Transactions(TestDatabase database) {
    this.database = database;
    factory =
        Persistence.createEntityManagerFactory(
            "restic-manager",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                // by an address it keeps its connections open, as a server does
                "jakarta.persistence.jdbc.url",
                address(database).getUrl(),
                "jakarta.persistence.jdbc.user",
                address(database).getUser(),
                "eclipselink.weaving",
                "false",
                "eclipselink.logging.level",
                "SEVERE"));
  }

  private static PGSimpleDataSource address(TestDatabase database) {
    try {
      return database.dataSource().unwrap(PGSimpleDataSource.class);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Commits what the work does, or nothing of it if it throws; joins a transaction that runs. */
  Object run(Callable<Object> work) throws Exception {
    if (running.get() != null) {
      return work.call();
    }
    Running transaction = new Running(factory.createEntityManager(), new ArrayList<>());
    running.set(transaction);
    boolean committed = false;
    try {
      Object result = commit(transaction.entityManager, work);
      committed = true;
      return result;
    } finally {
      running.remove();
      transaction.entityManager.close();
      int status = committed ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK;
      transaction.atTheEnd.forEach(observer -> observer.afterCompletion(status));
    }
  }

  private Object commit(EntityManager entityManager, Callable<Object> work) throws Exception {
    entityManager.getTransaction().begin();
    try {
      Object result =
          database.inTransactionOf(entityManager.unwrap(Connection.class), () -> calling(work));
      running.get().atTheEnd.forEach(Synchronization::beforeCompletion);
      entityManager.getTransaction().commit();
      return result;
    } catch (Exception e) {
      entityManager.getTransaction().rollback();
      throw e;
    }
  }

  private static Object calling(Callable<Object> work) {
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is injected: the entity manager of the transaction that runs. */
  EntityManager entityManager() {
    return (EntityManager)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(running.get().entityManager, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public boolean isTransactionActive() {
    return running.get() != null;
  }

  @Override
  public void registerSynchronization(Synchronization synchronization) {
    running.get().atTheEnd.add(synchronization);
  }

  @Override
  public UserTransaction getUserTransaction() {
    throw new UnsupportedOperationException("boundaries begin transactions");
  }

  @Override
  public void cleanup() {}

  @Override
  public void close() {
    factory.close();
  }
}
