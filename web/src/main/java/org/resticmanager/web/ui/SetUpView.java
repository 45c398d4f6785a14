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
  @Inject private ChosenPassword chosen;

  private String token;
  private String name;

  /** Makes the administrator, signs them in and leads to the hosts. */
  public void setUp() throws IOException {
    if (!chosen.isTypedTwice()) {
      return;
    }
    try {
      var caller = users.setUp(token, name, chosen.getPassword());
      ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
      signedIn.begin(
          (HttpServletRequest) external.getRequest(),
          (HttpServletResponse) external.getResponse(),
          caller.name(),
          chosen.getPassword(),
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
}
