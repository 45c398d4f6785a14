package org.resticmanager.user;

import org.resticmanager.platform.NotLetIn;

/** The password is right, and a one-time code is needed too (HTTP 401). */
public class SecondFactorNeeded extends NotLetIn {

  private static final long serialVersionUID = 1L;

  SecondFactorNeeded() {
    super("totp-needed", "A one-time code is needed too: from your app, or a recovery code.");
  }
}
