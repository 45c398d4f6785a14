package org.resticmanager.repository;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.TextList;
import org.resticmanager.protocol.wire.BackendVariable;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.secret.Envelopes;

/** The credentials of one slot; its secrets lie in envelopes bound to this row. */
@Entity
@Table(name = "repository_credential")
public class RepositoryCredential {

  private static final String PASSWORD = "repository_credential.password";
  private static final String OTHER_PASSWORD = "repository_credential.other_password";
  private static final String CREDENTIAL = "repository_credential.credential";
  private static final String ENVIRONMENT = "repository_credential.environment";

  @Id private UUID id;

  @Column(name = "repository_id")
  private UUID repositoryId;

  @Column(name = "slot")
  private String slot;

  @Column(name = "url")
  private String url;

  /** Null in the admin slot: that of the everyday slot counts. */
  @Column(name = "password_envelope")
  private byte[] passwordEnvelope;

  @Column(name = "username")
  private String username;

  @Column(name = "credential_envelope")
  private byte[] credentialEnvelope;

  @Column(name = "environment_envelope")
  private byte[] environmentEnvelope;

  @Column(name = "environment_names")
  private String environmentNames;

  /** While the password is changed: the one that is to come, then the one that is to go. */
  @Column(name = "other_password_envelope")
  private byte[] otherPasswordEnvelope;

  /** The host whose agent may know it; null for none. */
  @Column(name = "other_password_host")
  private String otherPasswordHost;

  protected RepositoryCredential() {}

  RepositoryCredential(RepositoryId repository, Slot slot) {
    id = Ids.next();
    repositoryId = repository.value();
    this.slot = slot.wireName();
    environmentNames = TextList.toColumn(List.of());
  }

  RepositoryId repository() {
    return new RepositoryId(repositoryId);
  }

  Slot slot() {
    return Slot.named(slot);
  }

  /** Takes over what is not null; an empty text takes away what was there. */
  void change(CredentialEdit edit, Envelopes envelopes) {
    if (edit.url() != null) {
      url = edit.url().isEmpty() ? null : edit.url();
    }
    if (edit.username() != null) {
      username = edit.username().isEmpty() ? null : edit.username();
    }
    passwordEnvelope = changed(passwordEnvelope, edit.password(), PASSWORD, envelopes);
    credentialEnvelope = changed(credentialEnvelope, edit.credential(), CREDENTIAL, envelopes);
    if (!edit.environment().isEmpty()) {
      changeEnvironment(edit.environment(), envelopes);
    }
  }

  private byte[] changed(byte[] envelope, String text, String column, Envelopes envelopes) {
    if (text == null) {
      return envelope;
    }
    return text.isEmpty() ? null : envelopes.close(text, id, column);
  }

  private void changeEnvironment(Map<String, String> changes, Envelopes envelopes) {
    Map<String, String> all = environment(envelopes);
    all.putAll(changes);
    all.values().removeIf(String::isEmpty);
    JsonObjectBuilder json = JSON.createObjectBuilder();
    all.forEach(json::add);
    environmentEnvelope =
        all.isEmpty() ? null : envelopes.close(json.build().toString(), id, ENVIRONMENT);
    environmentNames = TextList.toColumn(List.copyOf(all.keySet()));
  }

  private Map<String, String> environment(Envelopes envelopes) {
    Map<String, String> all = new TreeMap<>();
    if (environmentEnvelope != null) {
      try (JsonReader reader =
          JSON.createReader(
              new StringReader(envelopes.open(environmentEnvelope, id, ENVIRONMENT)))) {
        JsonObject json = reader.readObject();
        json.keySet().forEach(name -> all.put(name, json.getString(name)));
      }
    }
    return all;
  }

  /** Whether this is the password of this slot itself. */
  boolean hasPassword(String password, Envelopes envelopes) {
    return passwordEnvelope != null
        && envelopes.open(passwordEnvelope, id, PASSWORD).equals(password);
  }

  /** This slot has no password of its own any more: that of the everyday slot counts. */
  void forgetPassword() {
    passwordEnvelope = null;
  }

  /** Another password lies beside the one in use, and no host knows it yet. */
  void bringOther(String password, Envelopes envelopes) {
    otherPasswordEnvelope = envelopes.close(password, id, OTHER_PASSWORD);
    otherPasswordHost = null;
  }

  void showOther(HostId host) {
    otherPasswordHost = host.toString();
  }

  Optional<HostId> otherShownTo() {
    return Optional.ofNullable(otherPasswordHost).map(HostId::parse);
  }

  void dropOther() {
    otherPasswordEnvelope = null;
    otherPasswordHost = null;
  }

  /**
   * The other password is the one in use, and that is the other one.
   *
   * @return the one that was in use
   */
  String swapPasswords(Envelopes envelopes) {
    String leaving = envelopes.open(passwordEnvelope, id, PASSWORD);
    String coming = envelopes.open(otherPasswordEnvelope, id, OTHER_PASSWORD);
    passwordEnvelope = envelopes.close(coming, id, PASSWORD);
    otherPasswordEnvelope = envelopes.close(leaving, id, OTHER_PASSWORD);
    return leaving;
  }

  /** What this host may know of the other password; empty if there is none, or not for it. */
  String otherPassword(HostId host, Envelopes envelopes) {
    return otherPasswordEnvelope != null && host.toString().equals(otherPasswordHost)
        ? envelopes.open(otherPasswordEnvelope, id, OTHER_PASSWORD)
        : "";
  }

  SlotDetails details() {
    return new SlotDetails(
        slot(),
        url,
        passwordEnvelope != null,
        username != null,
        credentialEnvelope != null,
        TextList.fromColumn(environmentNames));
  }

  /**
   * What an agent must know of this slot.
   *
   * @param everyday the everyday slot of the same repository: it has the password if this one does
   *     not
   */
  ConfigUpdate configUpdate(
      String repositoryUrl, RepositoryCredential everyday, Envelopes envelopes) {
    RepositoryCredential withPassword = passwordEnvelope == null ? everyday : this;
    return ConfigUpdate.of(slot)
        .repoUrl(Optional.ofNullable(url).orElse(repositoryUrl))
        .repoPassword(envelopes.open(withPassword.passwordEnvelope, withPassword.id, PASSWORD))
        .repoUsername(Optional.ofNullable(username).orElse(""))
        .repoCredential(
            Optional.ofNullable(credentialEnvelope)
                .map(envelope -> envelopes.open(envelope, id, CREDENTIAL))
                .orElse(""))
        .environment(
            environment(envelopes).entrySet().stream()
                .map(variable -> new BackendVariable(variable.getKey(), variable.getValue()))
                .toList())
        .build();
  }
}
