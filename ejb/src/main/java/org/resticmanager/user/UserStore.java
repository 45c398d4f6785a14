package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.secret.Token;

/** The people and their tokens in the database; call it inside a transaction. */
@ApplicationScoped
public class UserStore {

  @PersistenceContext private EntityManager entityManager;

  void insert(User user) {
    entityManager.persist(user);
  }

  Optional<User> find(UserId id) {
    return Optional.ofNullable(entityManager.find(User.class, id.value()));
  }

  Optional<User> named(String name) {
    return entityManager
        .createQuery("select u from User u where lower(u.name) = lower(:name)", User.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  boolean hasAdmin() {
    return !entityManager
        .createQuery("select u.id from User u where u.role = :admin", UUID.class)
        .setParameter("admin", Role.ADMIN)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** Only the newest set-up link works. */
  void replaceSetUpToken(Token token, Instant now) {
    entityManager.createNativeQuery("delete from set_up_token").executeUpdate();
    entityManager
        .createNativeQuery("insert into set_up_token (token_hash, created_at) values (?1, ?2)")
        .setParameter(1, token.hash())
        .setParameter(2, now.atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  /** True for exactly one caller. */
  boolean useSetUpToken(Token token) {
    return entityManager
            .createNativeQuery("delete from set_up_token where token_hash = ?1")
            .setParameter(1, token.hash())
            .executeUpdate()
        == 1;
  }

  void insertApiToken(Token token, UserId user, String label, Instant now, Instant expiresAt) {
    entityManager
        .createNativeQuery(
            "insert into api_token (token_hash, user_id, label, created_at, expires_at)"
                + " values (?1, ?2, ?3, ?4, ?5)")
        .setParameter(1, token.hash())
        .setParameter(2, user.value())
        .setParameter(3, label)
        .setParameter(4, now.atOffset(ZoneOffset.UTC))
        .setParameter(5, expiresAt.atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  Optional<User> ofApiToken(Token token, Instant now) {
    List<?> users =
        entityManager
            .createNativeQuery(
                "select cast(user_id as text) from api_token"
                    + " where token_hash = ?1 and expires_at > ?2")
            .setParameter(1, token.hash())
            .setParameter(2, now.atOffset(ZoneOffset.UTC))
            .getResultList();
    return users.stream().findFirst().flatMap(id -> find(new UserId(UUID.fromString((String) id))));
  }
}
