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
import org.resticmanager.user.SecondFactorNeeded;
import org.resticmanager.user.Users;
import org.resticmanager.web.security.SignedIn;

/** The page on which a person chooses their password, with the set-up link's token. */
@Named
@RequestScoped
public class SetPasswordView {

  @Inject private Users users;
  @Inject private SignedIn signedIn;
  @Inject private ChosenPassword chosen;

  private String token;

  /** Sets the password, signs the person in and leads to the hosts. */
  public void setPassword() throws IOException {
    if (!chosen.isTypedTwice()) {
      return;
    }
    try {
      var caller = users.setPassword(token, chosen.getPassword());
      ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
      signedIn.begin(
          (HttpServletRequest) external.getRequest(),
          (HttpServletResponse) external.getResponse(),
          caller.name(),
          chosen.getPassword(),
          null);
      external.redirect(external.getRequestContextPath() + "/dashboard.xhtml");
    } catch (SecondFactorNeeded e) {
      ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
      external.redirect(external.getRequestContextPath() + "/sign-in.xhtml");
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  public String getToken() {
    return token;
  }

  public void setToken(String token) {
    this.token = token;
  }
}
