package org.resticmanager.repository;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.secret.Envelopes;

/** The credentials of one slot; its secrets lie in envelopes bound to this row. */
@Entity
@Table(name = "repository_credential")
public class RepositoryCredential {

  private static final String PASSWORD = "repository_credential.password";
  private static final String CREDENTIAL = "repository_credential.credential";

  @Id private UUID id;

  @Column(name = "repository_id")
  private UUID repositoryId;

  @Column(name = "slot")
  private String slot;

  @Column(name = "password_envelope")
  private byte[] passwordEnvelope;

  @Column(name = "username")
  private String username;

  @Column(name = "credential_envelope")
  private byte[] credentialEnvelope;

  protected RepositoryCredential() {}

  RepositoryCredential(
      RepositoryId repository, String slot, NewRepository wanted, Envelopes envelopes) {
    id = Ids.next();
    repositoryId = repository.value();
    this.slot = slot;
    passwordEnvelope = envelopes.close(wanted.password(), id, PASSWORD);
    username = wanted.username();
    credentialEnvelope =
        wanted.credential() == null ? null : envelopes.close(wanted.credential(), id, CREDENTIAL);
  }

  void changePassword(String password, Envelopes envelopes) {
    passwordEnvelope = envelopes.close(password, id, PASSWORD);
  }

  ConfigUpdate configUpdate(String repositoryUrl, Envelopes envelopes) {
    return new ConfigUpdate(
        slot,
        repositoryUrl,
        envelopes.open(passwordEnvelope, id, PASSWORD),
        Optional.ofNullable(username).orElse(""),
        Optional.ofNullable(credentialEnvelope)
            .map(envelope -> envelopes.open(envelope, id, CREDENTIAL))
            .orElse(""),
        null,
        null,
        null);
  }
}
