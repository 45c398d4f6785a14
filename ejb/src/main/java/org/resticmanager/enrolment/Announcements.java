package org.resticmanager.enrolment;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.RequestOrigin;
import org.resticmanager.audit.Target;
import org.resticmanager.enrolment.AnnouncementDetails.Status;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.announcement.AnnouncedKey;
import org.resticmanager.protocol.announcement.Proof;
import org.resticmanager.secret.Token;

/**
 * Machines that announce themselves, without a token, and become hosts when an administrator has
 * compared the fingerprint of their key. Whoever holds that key gets the agent's token, and nobody
 * else.
 */
@Stateless
@PermitAll
public class Announcements {

  /** So long an announcement waits for a decision, and what was decided for its machine. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  private static final Duration RATE_WINDOW = Duration.ofHours(1);

  /** Nobody knows when the next one is decided; to ask again after this costs little. */
  private static final Duration DECIDED_PERHAPS = Duration.ofMinutes(5);

  private static final int MAX_NAME = 255;

  @Inject private AnnouncementStore store;
  @Inject private AnnouncementSettings settings;
  @Inject private AgentTokenStore agentTokens;
  @Inject private Challenges challenges;
  @Inject private Hosts hosts;
  @Inject private Audit audit;
  @Inject private RequestOrigin origin;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /** A text to be signed with the next announcement or claim, within a few minutes. */
  public String challenge() {
    return challenges.next();
  }

  /**
   * Announces a machine. Once more with the same key it is the same announcement, however it
   * describes itself then.
   *
   * @param key Base64 of the 32 bytes of an Ed25519 key
   * @param signature Base64 of the signature of {@link Proof#ofAnnouncement} by that key
   * @throws Invalid if the key is none
   * @throws NotLetIn if the challenge is not fresh or the signature is not good
   * @throws TooManyAnnouncements if too many wait, or have come from this address
   * @throws Conflict if it was rejected
   */
  public AnnouncementDetails announce(
      String key, Applicant machine, String challenge, String signature) {
    AnnouncedKey announced = key(key);
    String signed =
        Proof.ofAnnouncement(challenge, machine.hostname(), machine.os(), machine.arch());
    requireProof(announced, challenge, signed, signature);
    Instant now = clock.instant();
    store.oneAtATime();
    Optional<AnnouncementDetails> known = store.withKey(announced, now);
    if (known.isPresent()) {
      if (known.get().status() == Status.REJECTED) {
        throw new Conflict(
            "announcement-rejected", "An administrator has rejected this announcement.");
      }
      return known.get();
    }
    String address = origin.address().orElse("");
    requireRoom(address, now);
    AnnouncementDetails made =
        new AnnouncementDetails(
            Ids.next(),
            announced,
            machine,
            address,
            Status.OPEN,
            now,
            now.plus(LIFETIME),
            Optional.empty());
    store.deleteExpired(now);
    store.insert(made);
    return made;
  }

  private void requireRoom(String address, Instant now) {
    if (store.open(now) >= settings.maxOpen()) {
      throw new TooManyAnnouncements(
          "Too many machines wait for a decision. Try again later, or enrol with a token.",
          DECIDED_PERHAPS);
    }
    Optional<Instant> oldest =
        store
            .oldestOfNewestFrom(address, settings.perAddress())
            .filter(now.minus(RATE_WINDOW)::isBefore);
    if (oldest.isPresent()) {
      throw new TooManyAnnouncements(
          "Too many machines were announced from this address. Try again in an hour, or enrol with"
              + " a token.",
          Duration.between(now, oldest.get().plus(RATE_WINDOW)));
    }
  }

  private static AnnouncedKey key(String text) {
    try {
      return AnnouncedKey.parse(Invalid.requireText(text, "publicKey", 100));
    } catch (IllegalArgumentException e) {
      throw new Invalid("publicKey", "must be the Base64 of the 32 bytes of an Ed25519 key");
    }
  }

  private void requireProof(AnnouncedKey key, String challenge, String signed, String signature) {
    challenges.require(Invalid.requireText(challenge, "challenge", 200));
    if (!key.hasSigned(signed, bytes(signature))) {
      throw new NotLetIn("signature-refused", "The signature is not one of this key.");
    }
  }

  private static byte[] bytes(String signature) {
    try {
      return Base64.getDecoder().decode(Invalid.requireText(signature, "signature", 200));
    } catch (IllegalArgumentException e) {
      throw new Invalid("signature", "must be Base64");
    }
  }

  /**
   * Tells the holder of the key what was decided, and gives them the agent's token if they were
   * accepted. Until the agent has signed in, a claim that is repeated gives another token and makes
   * the one before worthless: its answer may have been lost. After that, there is none.
   *
   * @param signature Base64 of the signature of {@link Proof#ofClaim} by the key
   * @throws NotFound if there is no such announcement, or it has expired
   * @throws NotLetIn if the challenge is not fresh or the signature is not good
   * @throws Conflict if the agent has signed in already
   */
  public Claim claim(String id, String challenge, String signature) {
    Instant now = clock.instant();
    AnnouncementDetails announcement = hold(id, now);
    requireProof(announcement.key(), challenge, Proof.ofClaim(challenge, id), signature);
    return announcement
        .host()
        .map(host -> new Claim(Status.ACCEPTED, Optional.of(enrolled(host, announcement, now))))
        .orElseGet(() -> new Claim(announcement.status(), Optional.empty()));
  }

  private Enrolled enrolled(HostId host, AnnouncementDetails announcement, Instant now) {
    if (agentTokens.everUsed(host)) {
      throw new Conflict(
          "announcement-claimed",
          "The agent of this announcement has signed in already. Announce the machine anew.");
    }
    agentTokens.revokeAll(host, now);
    Token token = Token.create("rma");
    agentTokens.insert(Ids.next(), token, host, now);
    HostDetails details = hosts.find(host);
    audit.doneBy(
        details.name(),
        "host.enrolled",
        Target.of("host", host, details.name()),
        Facts.with("fingerprint", announcement.key().fingerprint()));
    return new Enrolled(details, token.text());
  }

  /**
   * The announcements that have not expired, newest first.
   *
   * @param cursor where the last page ended; empty for the first page
   */
  @RolesAllowed("admin")
  public Page<AnnouncementDetails> list(String cursor, int limit) {
    Page.requireLimit(limit);
    Optional<UUID> before = Page.idCursor(cursor);
    List<AnnouncementDetails> rows = store.page(before, limit + 1, clock.instant());
    return Page.of(rows, limit, announcement -> announcement.id().toString());
  }

  /** How many wait for a decision. */
  @RolesAllowed("admin")
  public int open() {
    return store.open(clock.instant());
  }

  /**
   * The machine becomes a host. May be repeated.
   *
   * @param name the host's; what the machine calls itself if it is blank. It gets a number if it is
   *     taken
   * @return the host
   * @throws NotFound if there is no such announcement, or it has expired
   * @throws Conflict if it was rejected
   */
  @RolesAllowed("admin")
  public HostDetails accept(String id, String name) {
    Instant now = clock.instant();
    AnnouncementDetails announcement = hold(id, now);
    if (announcement.host().isPresent()) {
      return hosts.find(announcement.host().get());
    }
    requireOpen(announcement);
    Applicant machine = announcement.machine();
    String wished =
        name.isBlank() ? machine.hostname() : Invalid.requireText(name, "name", MAX_NAME);
    HostDetails host = hosts.add(wished, machine.hostname(), machine.os(), machine.arch());
    decide(announcement, Status.ACCEPTED, Optional.of(host.id()), now);
    return host;
  }

  /**
   * The machine is not let in, nor asked about again with this key until the announcement expires.
   * May be repeated.
   *
   * @throws NotFound if there is no such announcement, or it has expired
   * @throws Conflict if it was accepted
   */
  @RolesAllowed("admin")
  public void reject(String id) {
    Instant now = clock.instant();
    AnnouncementDetails announcement = hold(id, now);
    if (announcement.status() != Status.REJECTED) {
      requireOpen(announcement);
      decide(announcement, Status.REJECTED, Optional.empty(), now);
    }
  }

  private void decide(
      AnnouncementDetails announcement, Status status, Optional<HostId> host, Instant now) {
    store.decide(announcement.id(), status, host, context.getCallerPrincipal().getName(), now);
    audit.done(
        "announcement." + status.code(),
        Target.of("announcement", announcement.id(), announcement.machine().hostname()),
        Facts.with("fingerprint", announcement.key().fingerprint())
            .and("address", announcement.address())
            .and("host", host));
  }

  private static void requireOpen(AnnouncementDetails announcement) {
    if (announcement.status() != Status.OPEN) {
      throw new Conflict(
          "announcement-decided",
          "This announcement was " + announcement.status().code() + " already.");
    }
  }

  private AnnouncementDetails hold(String id, Instant now) {
    return store.hold(parse(id), now).orElseThrow(() -> new NotFound("announcement", id));
  }

  private static UUID parse(String id) {
    return Ids.parse(id, "announcement");
  }
}
