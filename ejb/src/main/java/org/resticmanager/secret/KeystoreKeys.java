package org.resticmanager.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.List;

/**
 * Keys in a keystore that Java can read (PKCS12): every AES key of 256 bits in it, under whatever
 * alias; the one that was put in last comes first.
 *
 * @param file the keystore
 * @param password of the keystore and of its keys
 */
record KeystoreKeys(Path file, String password) implements KeySource {

  @Override
  public List<byte[]> keys() {
    char[] secret = password.toCharArray();
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), secret);
      List<String> aliases =
          Collections.list(store.aliases()).stream()
              .sorted(Comparator.comparing((String alias) -> created(store, alias)).reversed())
              .toList();
      List<byte[]> keys = new ArrayList<>();
      for (String alias : aliases) {
        if (store.entryInstanceOf(alias, KeyStore.SecretKeyEntry.class)) {
          keys.add(KeyRing.checked(store.getKey(alias, secret).getEncoded(), description()));
        }
      }
      if (keys.isEmpty()) {
        throw new IllegalStateException(description() + " holds no secret key");
      }
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(description() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static Date created(KeyStore store, String alias) {
    try {
      return store.getCreationDate(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String description() {
    return "the keystore " + file;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "KeystoreKeys[file=" + file + "]";
  }
}
