package org.resticmanager.system;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Texts that turn up nowhere by chance. */
final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 20 random letters and digits. */
  static String random() {
    return new BigInteger(103, RANDOM).setBit(102).toString(36);
  }
}
