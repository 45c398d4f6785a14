package org.resticmanager.repository;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.secret.Envelopes;

/**
 * The password of a repository while it is changed: beside the one in use lies another one, which
 * is to come or to go. For the component that has it changed.
 */
@Stateless
@PermitAll
public class RepositoryPasswords {

  private static final int MAX_LENGTH = 2000;

  @Inject private RepositoryStore store;
  @Inject private Envelopes envelopes;
  @Inject private Event<RepositoryConnectionChanged> changed;

  /**
   * Lets one transaction at a time decide about the password of a repository. Call it before
   * anything is read, and after the lock of a host's queue if that is needed too.
   *
   * @return whether there is such a repository
   */
  public boolean lock(RepositoryId id) {
    return store.findForUpdate(id).filter(Repository::managed).isPresent();
  }

  /** The hosts that use it. */
  public List<HostId> hosts(RepositoryId id) {
    return store.hostsOf(id);
  }

  /**
   * Lays a password that is to come beside the one in use.
   *
   * @throws Invalid if it is none, or the one in use
   */
  public void bring(RepositoryId id, String password) {
    requireUsable(password);
    RepositoryCredential everyday = everyday(id);
    if (everyday.hasPassword(password, envelopes)) {
      throw new Invalid("password", "is the one in use");
    }
    everyday.bringOther(password, envelopes);
  }

  private static void requireUsable(String password) {
    if (password.isEmpty() || password.length() > MAX_LENGTH) {
      throw new Invalid("password", "must have between 1 and " + MAX_LENGTH + " characters");
    }
    if (password.indexOf('\0') >= 0) {
      throw new Invalid("password", "must not contain the character NUL");
    }
    // restic reads a new password from a file, and takes blanks around it away
    if (blank(password.charAt(0)) || blank(password.charAt(password.length() - 1))) {
      throw new Invalid("password", "must not begin or end with a blank");
    }
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085' || c == '\ufeff';
  }

  /** Only this host is told of the other password, before its next job; no other any more. */
  public void show(RepositoryId id, HostId host) {
    RepositoryCredential everyday = everyday(id);
    tell(everyday);
    everyday.showOther(host);
  }

  /**
   * The other password is the one in use from now on, for every host before its next job, and that
   * of before is the other one. An admin slot whose own password was the same follows.
   */
  public void swap(RepositoryId id) {
    String leaving = everyday(id).swapPasswords(envelopes);
    store
        .credential(id, Slot.ADMIN)
        .filter(admin -> admin.hasPassword(leaving, envelopes))
        .ifPresent(RepositoryCredential::forgetPassword);
    hosts(id).forEach(host -> changed.fire(new RepositoryConnectionChanged(host)));
  }

  /** Forgets the other password, here and at the host that knows it. May be repeated. */
  public void drop(RepositoryId id) {
    RepositoryCredential everyday = everyday(id);
    tell(everyday);
    everyday.dropOther();
  }

  private void tell(RepositoryCredential everyday) {
    everyday.otherShownTo().ifPresent(host -> changed.fire(new RepositoryConnectionChanged(host)));
  }

  private RepositoryCredential everyday(RepositoryId id) {
    return store
        .credential(id, Slot.REPO)
        .orElseThrow(() -> new NotFound("repository", id.toString()));
  }
}
