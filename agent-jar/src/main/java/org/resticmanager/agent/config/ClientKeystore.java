package org.resticmanager.agent.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * The certificate and key with which the agent shows itself to a server that asks for one (mutual
 * TLS). Environment variables, or system properties of the same names, which win.
 *
 * @param file {@code RESTIC_MANAGER_AGENT_CLIENT_KEYSTORE}: a PKCS #12 file
 * @param passwordFile {@code RESTIC_MANAGER_AGENT_CLIENT_KEYSTORE_PASSWORD_FILE}: a file with its
 *     password
 */
public record ClientKeystore(Path file, Path passwordFile) {

  private static final String FILE = "RESTIC_MANAGER_AGENT_CLIENT_KEYSTORE";
  private static final String PASSWORD_FILE = "RESTIC_MANAGER_AGENT_CLIENT_KEYSTORE_PASSWORD_FILE";

  /**
   * What this process was told; empty if nothing.
   *
   * @throws ConfigProblem if only one of the two is given
   */
  public static Optional<ClientKeystore> ofThisProcess() {
    return of(
        name -> System.getProperty(name) != null ? System.getProperty(name) : System.getenv(name));
  }

  static Optional<ClientKeystore> of(UnaryOperator<String> values) {
    Optional<Path> file = path(values.apply(FILE));
    Optional<Path> passwordFile = path(values.apply(PASSWORD_FILE));
    if (file.isPresent() != passwordFile.isPresent()) {
      throw new ConfigProblem(FILE + " and " + PASSWORD_FILE + " must be given together");
    }
    return file.map(keystore -> new ClientKeystore(keystore, passwordFile.orElseThrow()));
  }

  private static Optional<Path> path(String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank()).map(Path::of);
  }

  /**
   * Reads it anew: certificates are renewed.
   *
   * @throws ConfigProblem if it cannot be read
   */
  public KeyManager[] keys() {
    try (InputStream in = Files.newInputStream(file)) {
      char[] password =
          Files.readString(passwordFile, StandardCharsets.UTF_8).strip().toCharArray();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      return keys.getKeyManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigProblem("cannot read the keystore " + file + " (" + Words.of(e) + ")", e);
    }
  }
}
