package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.resticmanager.platform.Refusal;
import org.resticmanager.user.OwnAccount;
import org.resticmanager.user.SignInDetails;
import org.resticmanager.user.SignInId;
import org.resticmanager.user.SignIns;
import org.resticmanager.web.security.SignedIn;

/** A person's own account: where they are signed in, and their password. */
@Named
@RequestScoped
public class AccountView {

  private static final String PAGE = "/account.xhtml?faces-redirect=true";

  @Inject private OwnAccount account;
  @Inject private SignIns signIns;
  @Inject private Wording wording;

  private List<SignInRow> rows;
  private String currentPassword;
  private String password;
  private String passwordAgain;

  /** Where the person is signed in. */
  public List<SignInRow> getSignIns() {
    if (rows == null) {
      rows = signIns.mine().stream().map(this::row).toList();
    }
    return rows;
  }

  private SignInRow row(SignInDetails signIn) {
    String key =
        signIn.id().equals(current())
            ? "account.sign-in.this"
            : signIn.api() ? "account.sign-in.api" : "account.sign-in.browser";
    return new SignInRow(signIn, wording.text(key));
  }

  /** Ends one sign-in. */
  public String end(SignInId id) {
    try {
      signIns.endMine(id);
      return PAGE;
    } catch (Refusal e) {
      return PAGE; // it has ended meanwhile
    }
  }

  /** Ends all of them, this one too. */
  public String endAll() {
    signIns.endAllOfMine();
    return "/sign-in.xhtml?faces-redirect=true";
  }

  /** Changes the password. */
  public void changePassword() {
    if (password == null || !password.equals(passwordAgain)) {
      Refusals.showAt("password-again", wording.text("set-up.passwords-differ"));
      return;
    }
    try {
      account.changePassword(currentPassword, password, current());
      rows = null;
      FacesContext.getCurrentInstance()
          .addMessage(null, new FacesMessage(wording.text("account.password.changed")));
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  private static SignInId current() {
    return SignedIn.current(
            (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest())
        .orElse(null);
  }

  public String getCurrentPassword() {
    return currentPassword;
  }

  public void setCurrentPassword(String currentPassword) {
    this.currentPassword = currentPassword;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public String getPasswordAgain() {
    return passwordAgain;
  }

  public void setPasswordAgain(String passwordAgain) {
    this.passwordAgain = passwordAgain;
  }

  /**
   * A sign-in as a line of the list.
   *
   * @param signIn the sign-in
   * @param title what holds it, in words
   */
  public record SignInRow(SignInDetails signIn, String title) {}
}
