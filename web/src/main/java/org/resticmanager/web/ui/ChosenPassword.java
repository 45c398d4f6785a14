package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** A password that somebody chooses: typed twice, as nobody sees what they type. */
@Named
@RequestScoped
public class ChosenPassword {

  @Inject private Wording wording;

  private String password;
  private String again;

  /** Whether both are the same; shows beside the second one if they are not. */
  boolean isTypedTwice() {
    boolean same = password != null && password.equals(again);
    if (!same) {
      Refusals.showAt("password-again", wording.text("set-up.passwords-differ"));
    }
    return same;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public String getAgain() {
    return again;
  }

  public void setAgain(String again) {
    this.again = again;
  }
}
