package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.resticmanager.platform.Refusal;
import org.resticmanager.user.Users;
import org.resticmanager.web.security.SignedIn;

/**
 * The page on which the first administrator makes their account, with the one-time link's token.
 */
@Named
@RequestScoped
public class SetUpView {

  @Inject private Users users;
  @Inject private SignedIn signedIn;
  @Inject private Wording wording;

  private String token;
  private String name;
  private String password;
  private String passwordAgain;

  /** Makes the administrator, signs them in and leads to the hosts. */
  public void setUp() throws IOException {
    if (password == null || !password.equals(passwordAgain)) {
      Refusals.showAt("password-again", wording.text("set-up.passwords-differ"));
      return;
    }
    try {
      var caller = users.setUp(token, name, password);
      ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
      signedIn.begin(
          (HttpServletRequest) external.getRequest(),
          (HttpServletResponse) external.getResponse(),
          caller.name(),
          password,
          null);
      external.redirect(external.getRequestContextPath() + "/hosts.xhtml");
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  /** Whether there is still something to set up. */
  public boolean isNeeded() {
    return users.setUpNeeded();
  }

  public String getToken() {
    return token;
  }

  public void setToken(String token) {
    this.token = token;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
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
}
