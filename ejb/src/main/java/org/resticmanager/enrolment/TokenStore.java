package org.resticmanager.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.secret.Token;

/** The tokens of enrolment and of agents, by their hashes; call it inside a transaction. */
@ApplicationScoped
public class TokenStore {

  @PersistenceContext private EntityManager entityManager;

  void insertEnrolmentToken(Token token, String createdBy, Instant now, Instant expiresAt) {
    entityManager
        .createNativeQuery(
            "insert into enrolment_token (token_hash, created_by, created_at, expires_at)"
                + " values (?1, ?2, ?3, ?4)")
        .setParameter(1, token.hash())
        .setParameter(2, createdBy)
        .setParameter(3, now.atOffset(ZoneOffset.UTC))
        .setParameter(4, expiresAt.atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  /** True for exactly one caller per token: the row's lock decides between two who race. */
  boolean useEnrolmentToken(Token token, Instant now) {
    return entityManager
            .createNativeQuery(
                "update enrolment_token set used_at = ?2"
                    + " where token_hash = ?1 and used_at is null and expires_at > ?2")
            .setParameter(1, token.hash())
            .setParameter(2, now.atOffset(ZoneOffset.UTC))
            .executeUpdate()
        == 1;
  }

  void insertAgentToken(Token token, HostId host, Instant now) {
    entityManager
        .createNativeQuery(
            "insert into agent_token (token_hash, host_id, created_at) values (?1, ?2, ?3)")
        .setParameter(1, token.hash())
        .setParameter(2, host.value())
        .setParameter(3, now.atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  Optional<HostId> hostOf(Token token) {
    List<?> hosts =
        entityManager
            .createNativeQuery(
                "select cast(host_id as text) from agent_token"
                    + " where token_hash = ?1 and revoked_at is null")
            .setParameter(1, token.hash())
            .getResultList();
    return hosts.stream().map(id -> new HostId(UUID.fromString((String) id))).findFirst();
  }
}
