package org.resticmanager.audit;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.resticmanager.audit.AuditStore.Head;
import org.resticmanager.audit.AuditStore.Link;
import org.resticmanager.secret.Envelopes;

/**
 * Binds the audit events together, so that an alteration shows. Events join a moment after they
 * were written and not in their own transaction, because otherwise one change at a time could be
 * made in the whole fleet.
 */
@Stateless
@PermitAll
public class AuditChain {

  private static final String COLUMN = "audit_chain.key";
  private static final int KEY_BYTES = 32;
  private static final int STEP = 1000;

  @Inject AuditStore store;
  @Inject Envelopes envelopes;

  /**
   * Lets the oldest events that wait join, unless another node is about it.
   *
   * @return whether more may wait
   */
  public boolean extend() {
    if (store.head().isEmpty()) {
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      store.begin(envelopes.close(Base64.getEncoder().encodeToString(key), AuditStore.ROW, COLUMN));
    }
    Optional<Head> head = store.headForUpdate();
    if (head.isEmpty()) {
      return false;
    }
    Chain chain = chain(head.get());
    long number = head.get().number();
    byte[] mark = head.get().mark();
    List<AuditEvent> waiting = store.waiting(STEP);
    for (AuditEvent event : waiting) {
      number++;
      mark = chain.mark(mark, number, event);
      store.append(event, number, mark);
    }
    if (!waiting.isEmpty()) {
      store.moveHead(number, mark);
    }
    return waiting.size() == STEP;
  }

  /**
   * Checks every event from the first.
   *
   * @throws org.resticmanager.secret.UnreadableSecret if the chain's key cannot be read
   */
  @RolesAllowed("admin")
  public Verification verify() {
    long waiting = store.waiting();
    Optional<Head> head = store.head();
    if (head.isEmpty()) {
      return new Verification(0, waiting, Optional.empty());
    }
    Chain chain = chain(head.get());
    long number = 0;
    byte[] mark = Chain.BEGINNING;
    List<Link> links;
    do {
      links = store.links(number, STEP);
      for (Link link : links) {
        long expected = number + 1;
        if (link.event().number().getAsLong() != expected) {
          return altered(number, waiting, "it is missing");
        }
        mark = chain.mark(mark, expected, link.event());
        if (!MessageDigest.isEqual(mark, link.mark())) {
          return altered(number, waiting, "it is not as it was written: " + link.event().id());
        }
        number = expected;
      }
    } while (!links.isEmpty());
    // what joined while this went on is later than the head that was read
    if (number < head.get().number()) {
      return altered(number, waiting, "it is missing, as is all that came after it");
    }
    if (number == head.get().number() && !Arrays.equals(mark, head.get().mark())) {
      return altered(number - 1, waiting, "the end of the chain was altered");
    }
    return new Verification(number, waiting, Optional.empty());
  }

  private static Verification altered(long checked, long waiting, String reason) {
    return new Verification(
        checked, waiting, Optional.of(new Verification.Altered(checked + 1, reason)));
  }

  private Chain chain(Head head) {
    return new Chain(
        Base64.getDecoder().decode(envelopes.open(head.key(), AuditStore.ROW, COLUMN)));
  }
}
