package org.resticmanager.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.TestDatabase;
import org.resticmanager.platform.Ids;

/** What a node does with its key: at its start, while it runs, and when the key is changed. */
class SecretKeysTest {

  private static final String COLUMN = "repository_credential.password";

  @TempDir Path folder;

  private TestDatabase database;

  @BeforeEach
  void begin() {
    database = TestDatabase.create();
  }

  /** What one node has in memory. */
  private final class Node {

    final SecretKeys keys = new SecretKeys();
    final Envelopes envelopes = new Envelopes();
    final SecretKeyCheck check = new SecretKeyCheck();
    final SecretKeyRotation rotation = new SecretKeyRotation();

    Node(KeySource source) {
      EnvelopeStore store = new EnvelopeStore(database);
      keys.source = source;
      envelopes.keys = keys;
      check.keys = keys;
      check.store = store;
      check.envelopes = envelopes;
      rotation.keys = keys;
      rotation.store = store;
      rotation.envelopes = envelopes;
      rotation.changed = unheard();
    }

    Node start() {
      database.inTransaction(
          () -> {
            check.check();
            return null;
          });
      return this;
    }

    /** Stores a secret; returns its row. */
    UUID store(String secret) {
      UUID repository = Ids.next();
      UUID row = Ids.next();
      database.execute(
          "insert into repository (id, name, url, created_at) values (?, ?, '/srv/r', now())",
          repository,
          "repository " + repository);
      database.execute(
          "insert into repository_credential (id, repository_id, slot, password_envelope)"
              + " values (?, ?, 'repo', ?)",
          row,
          repository,
          envelopes.close(secret, row, COLUMN));
      return row;
    }

    String read(UUID row) {
      byte[] envelope =
          (byte[])
              database.value(
                  "select password_envelope from repository_credential where id = ?", row);
      return envelopes.open(envelope, row, COLUMN);
    }

    int closeAnew() {
      int all = 0;
      for (int some = step(); some > 0; some = step()) {
        all += some;
      }
      return all;
    }

    private int step() {
      return database.inTransaction(rotation::closeAnew);
    }
  }

  @SuppressWarnings("unchecked")
  private static Event<SecretKeyChange> unheard() {
    return (Event<SecretKeyChange>)
        Proxy.newProxyInstance(
            SecretKeysTest.class.getClassLoader(),
            new Class<?>[] {Event.class},
            (event, method, arguments) -> null);
  }

  private SecretKeyFile file() {
    return new SecretKeyFile(folder.resolve("secret.key"));
  }

  @Test
  void theFirstStartMakesAKeyAndTheNextOneUsesIt() {
    UUID row = new Node(file()).start().store("s3cret");
    assertThat(new Node(file()).start().read(row)).isEqualTo("s3cret");
  }

  @Test
  void withoutItsKeyANodeDoesNotStartAndMakesNoOther() throws IOException {
    Node node = new Node(file()).start();
    UUID row = node.store("s3cret");
    Path away = Files.move(folder.resolve("secret.key"), folder.resolve("away"));

    assertThatThrownBy(() -> new Node(file()).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the secret key is missing")
        .hasMessageContaining(node.keys.ring().ids().get(0))
        .hasMessageContaining("secret.key");
    assertThat(folder.resolve("secret.key")).doesNotExist();

    Files.move(away, folder.resolve("secret.key"));
    assertThat(new Node(file()).start().read(row)).isEqualTo("s3cret");
  }

  @Test
  void withAnotherKeyANodeDoesNotStartEvenIfNothingIsStoredYet() {
    new Node(file()).start();
    SecretKeyFile other = new SecretKeyFile(folder.resolve("other.key"));
    assertThatThrownBy(() -> new Node(other).start())
        .as("a second node that was given no key makes none of its own")
        .hasMessageContaining("the secret key is missing");
    other.create();

    assertThatThrownBy(() -> new Node(other).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the secret key is a wrong one");
    assertThat(database.value("select count(*) from secret_canary")).isEqualTo(1L);
    new Node(file()).start();
  }

  @Test
  void withANewKeyEverythingIsClosedAnewWhileOtherNodesGoOn() {
    Node first = new Node(file()).start();
    Node second = new Node(file()).start();
    List<UUID> rows = IntStream.range(0, 500).mapToObj(i -> first.store("s" + i)).toList();
    String old = first.keys.ring().ids().get(0);

    first.keys.add();
    UUID fresh = first.store("new");
    assertThat(second.read(fresh)).as("a node that has not heard of the key").isEqualTo("new");
    assertThat(first.rotation.keys())
        .extracting(SecretKey::current, SecretKey::envelopes)
        .containsExactly(tuple(true, 1L), tuple(false, 501L));

    assertThat(first.closeAnew()).as("500 secrets and the canary").isEqualTo(501);
    assertThat(first.closeAnew()).isZero();
    assertThat(first.rotation.keys().get(1)).isEqualTo(new SecretKey(old, false, 0));
    for (int i = 0; i < rows.size(); i++) {
      assertThat(second.read(rows.get(i))).isEqualTo("s" + i);
    }
  }

  @Test
  void onceTheOldKeyIsGoneTheNewOneIsEnough() {
    Node node = new Node(file()).start();
    UUID row = node.store("s3cret");
    node.keys.add();
    node.closeAnew();
    byte[] only = file().keys().get(0);

    Node configured = new Node(new ConfiguredKeys(Base64.getEncoder().encodeToString(only)));
    assertThat(configured.start().read(row)).isEqualTo("s3cret");
  }

  @Test
  void keysMayComeFromTheConfiguration() {
    String old = Base64.getEncoder().encodeToString(new byte[32]);
    byte[] other = new byte[32];
    other[0] = 1;
    String next = Base64.getEncoder().encodeToString(other);
    UUID row = new Node(new ConfiguredKeys(old)).start().store("s3cret");

    Node both = new Node(new ConfiguredKeys(next + ", " + old)).start();
    assertThat(both.read(row)).isEqualTo("s3cret");
    assertThat(both.closeAnew()).isEqualTo(2);
    assertThat(new Node(new ConfiguredKeys(next)).start().read(row)).isEqualTo("s3cret");
    assertThatThrownBy(both.keys::add).hasMessageContaining("restic-manager.secret-key");
  }

  @Test
  void aKeyInTheConfigurationThatIsNoneIsNamedAndNotShown() {
    assertThatThrownBy(() -> new Node(new ConfiguredKeys("c2hvcnQ=")).start())
        .hasMessageContaining("restic-manager.secret-key")
        .hasMessageNotContaining("c2hvcnQ");
    assertThat(new ConfiguredKeys("c2hvcnQ=").toString()).doesNotContain("c2hvcnQ");
  }

  @Test
  void keysMayComeFromAKeystore() throws GeneralSecurityException, IOException {
    Path file = folder.resolve("keys.p12");
    char[] password = "open sesame".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setEntry(
        "restic-manager",
        new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[32], "AES")),
        new KeyStore.PasswordProtection(password));
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password);
    }

    UUID row = new Node(new KeystoreKeys(file, "open sesame")).start().store("s3cret");
    assertThat(new Node(new KeystoreKeys(file, "open sesame")).start().read(row))
        .isEqualTo("s3cret");
    assertThatThrownBy(() -> new Node(new KeystoreKeys(file, "wrong")).start())
        .hasMessageContaining("keys.p12")
        .hasMessageNotContaining("wrong ");
  }

  @Test
  void everyColumnOfEnvelopesLiesInATableWithAnId() {
    EnvelopeStore store = new EnvelopeStore(database);
    List<EnvelopeStore.Column> columns = database.inTransaction(store::columns);
    assertThat(columns)
        .extracting(EnvelopeStore.Column::boundTo)
        .contains("repository_credential.password", "audit_chain.key", "secret_canary.canary");
    Map<String, Long> none = database.inTransaction(store::perKey);
    assertThat(none).isEmpty();
    columns.forEach(
        column ->
            assertThat(database.inTransaction(() -> store.otherThan("00000000", column, 1)))
                .as("%s can be closed anew", column)
                .isEmpty());
  }
}
