package org.resticmanager.rotation;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.platform.Tick;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.secret.SecretKeyCheck;

/** Goes on with changes of passwords whose next host was not there when it was needed. */
@Singleton
@Startup
@DependsOn(SecretKeyCheck.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class PasswordRotationSweep {

  private static final Logger LOG = Logger.getLogger(PasswordRotationSweep.class.getName());

  @Inject private PasswordRotations rotations;

  private final Tick tick = new Tick("changes of passwords could not be looked for now");

  /** Not at the same second as the other sweeps. */
  @Schedule(hour = "*", minute = "*", second = "7/10", persistent = false)
  void tick() {
    tick.run(() -> rotations.open().forEach(this::goOn));
  }

  /** One repository's trouble must not keep the others waiting. */
  private void goOn(RepositoryId repository) {
    try {
      rotations.goOn(repository);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "could not go on with the change of the password of repository " + repository,
          e);
    }
  }
}
