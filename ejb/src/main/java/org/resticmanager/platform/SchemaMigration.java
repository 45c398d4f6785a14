package org.resticmanager.platform;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date before anything else starts. Flyway's lock lets one node do it while
 * the others wait. It may take longer than the pool lets anything else take.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigration {

  /** The name for {@code @DependsOn}. */
  public static final String NAME = "SchemaMigration";

  @Inject private Database database;

  @PostConstruct
  void migrate() {
    Flyway.configure(getClass().getClassLoader())
        .dataSource(new PatientDataSource(database.dataSource()))
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
