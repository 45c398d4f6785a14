package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.resticmanager.platform.Refusal;
import org.resticmanager.user.ComesInBy;
import org.resticmanager.user.OwnAccount;
import org.resticmanager.user.SecondFactorDetails;
import org.resticmanager.user.SecondFactorSecret;
import org.resticmanager.user.SecondFactors;

/** The page on which a person turns one-time codes on and off. */
@Named
@RequestScoped
public class SecondFactorView {

  @Inject private SecondFactors secondFactors;
  @Inject private OwnAccount account;

  private String currentPassword;
  private String totp;
  private SecondFactorDetails details;
  private SecondFactorSecret secret = sentAlong();
  private List<String> recoveryCodes = List.of();

  /**
   * The form brings it along, so that a wrong code does not make the person begin again. Only the
   * form: nobody hands out a link that shows a secret of theirs here.
   */
  private static SecondFactorSecret sentAlong() {
    String shown = Address.parameter("secret");
    return shown.isEmpty() || !FacesContext.getCurrentInstance().isPostback()
        ? null
        : new SecondFactorSecret(shown, Address.parameter("uri"));
  }

  /**
   * What the page shows: {@code start}, {@code scan}, {@code done}, {@code on} or, to people of an
   * identity provider, {@code none}.
   */
  public String getStep() {
    if (account.comesInBy() != ComesInBy.PASSWORD) {
      return "none";
    }
    if (!recoveryCodes.isEmpty()) {
      return "done";
    }
    if (getDetails().enabled()) {
      return "on";
    }
    return secret == null ? "start" : "scan";
  }

  /** How it stands. */
  public SecondFactorDetails getDetails() {
    if (details == null) {
      details = secondFactors.mine();
    }
    return details;
  }

  /** Makes a secret, and shows it this once. */
  public void begin() {
    try {
      secret = secondFactors.begin(currentPassword);
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  /** Turns it on, and shows the recovery codes this once. */
  public void confirm() {
    try {
      recoveryCodes = secondFactors.confirm(totp);
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  /** Turns it off. */
  public String turnOff() {
    try {
      secondFactors.turnOff(currentPassword);
      return "/second-factor.xhtml?faces-redirect=true";
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** The secret just made; null if none was. */
  public SecondFactorSecret getSecret() {
    return secret;
  }

  /** The secret as a picture for the app. */
  public QrPath getPicture() {
    return QrPath.of(secret.uri());
  }

  /** Those just made, one a line; empty if none were. */
  public String getRecoveryCodes() {
    return String.join("\n", recoveryCodes);
  }

  public String getCurrentPassword() {
    return currentPassword;
  }

  public void setCurrentPassword(String currentPassword) {
    this.currentPassword = currentPassword;
  }

  public String getTotp() {
    return totp;
  }

  public void setTotp(String totp) {
    this.totp = totp;
  }
}
