package org.resticmanager.audit;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Page;

/**
 * The record of who did what. Who changes something calls it in the same transaction: a change is
 * recorded exactly if it is committed.
 */
@Stateless
@PermitAll
public class Audit {

  /** The actor of what nobody asked for. */
  public static final String CONTROL_PLANE = "control plane";

  private static final Pattern ACTION = Pattern.compile("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*");

  @Inject private AuditStore store;
  @Inject private RequestOrigin origin;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /**
   * Records a change by the caller, unless nothing has changed.
   *
   * @param action what was done, such as {@code schedule.changed}
   * @param before none if it was made
   * @param after none if it was removed
   */
  public void changed(String action, Target target, Facts before, Facts after) {
    if (!before.equals(after)) {
      write(caller(), action, target, before, after);
    }
  }

  /** Records something that the caller asked for, and that leaves what it is about as it is. */
  public void done(String action, Target target, Facts particulars) {
    write(caller(), action, target, Facts.none(), particulars);
  }

  /**
   * Records something that was done by somebody whom no request has named yet, such as who signs
   * in.
   *
   * @param actor the name that they have or claim, at most 200 characters of it
   */
  public void doneBy(String actor, String action, Target target, Facts particulars) {
    write(actor, action, target, Facts.none(), particulars);
  }

  /**
   * Records that somebody was not let in. Call it before the refusal is thrown: it is kept although
   * the caller's transaction is rolled back.
   *
   * @param actor the name that they claim, at most 200 characters of it
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void refused(String actor, String action, Target target) {
    write(actor, action, target, Facts.none(), Facts.none());
  }

  private void write(String actor, String action, Target target, Facts before, Facts after) {
    requireNonNull(actor);
    if (!ACTION.matcher(action).matches()) {
      throw new IllegalArgumentException("no action: " + action);
    }
    store.insert(
        new AuditEvent(
            Ids.next(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            actor.substring(0, Math.min(actor.length(), 200)),
            address(),
            action,
            target,
            before.toColumn(),
            after.toColumn(),
            OptionalLong.empty()));
  }

  /** Servers call nobody by names of their own. */
  private String caller() {
    return context.isCallerInRole("viewer")
        ? context.getCallerPrincipal().getName()
        : CONTROL_PLANE;
  }

  private Optional<String> address() {
    try {
      return origin.address();
    } catch (ContextNotActiveException e) {
      return Optional.empty(); // a thread of ours, not a request
    }
  }

  /**
   * The events that a filter lets through, newest first.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws Invalid if the limit is out of range or the cursor is none
   */
  @RolesAllowed("admin")
  public Page<AuditEvent> list(AuditFilter filter, String cursor, int limit) {
    Page.requireLimit(limit);
    List<AuditEvent> rows = store.page(filter, Page.idCursor(cursor), limit + 1);
    return Page.of(rows, limit, event -> event.id().toString());
  }
}
