package org.resticmanager.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.resticmanager.platform.NotLetIn;

/**
 * Texts that nobody could know before we made them, for signatures that prove the possession of a
 * key now. A challenge holds the time and our mark: nothing has to be kept of it, and every node
 * knows those of the others.
 */
@ApplicationScoped
class Challenges {

  static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int RANDOM_BYTES = 16;
  private static final int MARK_BYTES = 32;
  private static final int BYTES = Long.BYTES + RANDOM_BYTES + MARK_BYTES;

  private final SecureRandom random = new SecureRandom();
  private AnnouncementStore store;
  private Clock clock;
  private byte[] key;

  /** For the container's proxy. */
  protected Challenges() {}

  @Inject
  Challenges(AnnouncementStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  String next() {
    byte[] unique = new byte[RANDOM_BYTES];
    random.nextBytes(unique);
    ByteBuffer challenge = ByteBuffer.allocate(BYTES);
    challenge.putLong(clock.instant().toEpochMilli()).put(unique);
    challenge.put(mark(challenge.array()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(challenge.array());
  }

  /**
   * Lets the caller go on if this is a challenge of ours, made within the last minutes.
   *
   * @throws NotLetIn if not
   */
  void require(String challenge) {
    if (!fresh(challenge)) {
      throw new NotLetIn(
          "challenge-refused", "The challenge is not one of ours, or too old: ask for another.");
    }
  }

  private boolean fresh(String text) {
    byte[] challenge;
    try {
      challenge = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return false; // as anything else that is none of ours
    }
    if (challenge.length != BYTES) {
      return false;
    }
    byte[] mark = new byte[MARK_BYTES];
    ByteBuffer.wrap(challenge, BYTES - MARK_BYTES, MARK_BYTES).get(mark);
    Instant made = Instant.ofEpochMilli(ByteBuffer.wrap(challenge).getLong());
    return MessageDigest.isEqual(mark, mark(challenge))
        && made.plus(LIFETIME).isAfter(clock.instant());
  }

  /** Of what stands before the mark's place. */
  private byte[] mark(byte[] challenge) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(), ALGORITHM));
      mac.update(challenge, 0, BYTES - MARK_BYTES);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized byte[] key() {
    if (key == null) {
      key = store.challengeKey();
    }
    return key;
  }
}
