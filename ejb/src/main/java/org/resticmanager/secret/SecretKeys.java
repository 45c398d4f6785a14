package org.resticmanager.secret;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.ControlPlaneSettings;

/**
 * The keys to the envelopes of this node, from the one place that the settings name. Any thread.
 *
 * <p>{@code restic-manager.secret-key}: keys in Base64, the newest first, with commas between them.
 * {@code restic-manager.secret-key-store}: a PKCS12 keystore instead, and {@code
 * restic-manager.secret-key-store-password} its password. {@code restic-manager.secret-key-file}: a
 * file with a key per line, the newest first; default: {@code secret.key} in the data folder, made
 * on the first start.
 */
@ApplicationScoped
public class SecretKeys {

  private static final String FILE = "restic-manager.secret-key-file";
  private static final String STORE = "restic-manager.secret-key-store";
  private static final String STORE_PASSWORD = "restic-manager.secret-key-store-password";

  @Inject private Config config;
  @Inject private ControlPlaneSettings settings;

  KeySource source;
  private volatile KeyRing ring;

  @PostConstruct
  void choose() {
    Optional<String> keys = text(ConfiguredKeys.SETTING);
    Optional<String> store = text(STORE);
    Optional<String> file = text(FILE);
    if (List.of(keys, store, file).stream().filter(Optional::isPresent).count() > 1) {
      throw new IllegalStateException(
          "only one of " + ConfiguredKeys.SETTING + ", " + STORE + " and " + FILE + " may be set");
    }
    source =
        keys.<KeySource>map(ConfiguredKeys::new)
            .or(
                () ->
                    store.map(
                        path -> new KeystoreKeys(Path.of(path), text(STORE_PASSWORD).orElse(""))))
            .orElseGet(
                () ->
                    new SecretKeyFile(
                        file.map(Path::of).orElse(settings.dataDir().resolve("secret.key"))));
  }

  private Optional<String> text(String name) {
    return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
  }

  /** Whether there is none yet. */
  boolean missing() {
    return source.keys().isEmpty();
  }

  /** Makes the first key, if none is given and a file may hold one. */
  void makeFirst() {
    if (source instanceof SecretKeyFile file) {
      file.create();
    }
  }

  /**
   * Makes a new key, with which everything is closed from now on; the older ones go on opening.
   *
   * @throws Conflict if the keys are kept by somebody else
   */
  void add() {
    if (!(source instanceof SecretKeyFile file)) {
      throw new Conflict(
          "keys-kept-elsewhere",
          "The keys come from "
              + source.description()
              + ": put a new one before the others there, and restart each node.");
    }
    file.add();
    reload();
  }

  /** The keys as they were last read. */
  KeyRing ring() {
    KeyRing known = ring;
    return known == null ? reload() : known;
  }

  /** Reads them again: another node may have made a new one. */
  KeyRing reload() {
    KeyRing read = new KeyRing(source.keys(), source.description());
    ring = read;
    return read;
  }

  /** Where they come from, for errors. */
  String description() {
    return source.description();
  }
}
