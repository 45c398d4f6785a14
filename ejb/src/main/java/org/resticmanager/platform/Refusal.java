package org.resticmanager.platform;

import jakarta.ejb.ApplicationException;
import java.util.Optional;

/**
 * Something was asked for that cannot be done, for a reason the caller can act on. The message is
 * for people and carries no secret; the code is for programs and never changes. The transaction is
 * rolled back: nothing is half-written.
 */
@ApplicationException(rollback = true, inherited = true)
public abstract class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  protected Refusal(String code, String message) {
    super(message);
    this.code = code;
  }

  /** For programs, in kebab-case. */
  public String code() {
    return code;
  }

  /** The field of the input that is to blame, if one is. */
  public Optional<String> field() {
    return Optional.empty();
  }
}
