package org.resticmanager.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.resticmanager.platform.Ids;

/** A person with a local account. */
@Entity
@Table(name = "app_user")
public class User {

  @Id private UUID id;

  @Column(name = "name")
  private String name;

  @Column(name = "password_hash")
  private String passwordHash;

  @Column(name = "role")
  private Role role;

  @Column(name = "created_at")
  private Instant createdAt;

  protected User() {}

  User(String name, String passwordHash, Role role, Instant now) {
    id = Ids.next();
    this.name = name;
    this.passwordHash = passwordHash;
    this.role = role;
    createdAt = now;
  }

  String passwordHash() {
    return passwordHash;
  }

  Caller caller() {
    return new Caller(new UserId(id), name, role);
  }
}
