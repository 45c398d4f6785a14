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
import org.resticmanager.user.TooManyTries;
import org.resticmanager.user.Users;
import org.resticmanager.web.security.OwnPath;
import org.resticmanager.web.security.ServerRealm;
import org.resticmanager.web.security.SignedIn;

/** The page on which a person signs in. */
@Named
@RequestScoped
public class SignInView {

  private static final int TOO_MANY_REQUESTS = 429;

  @Inject private Users users;
  @Inject private SignedIn signedIn;
  @Inject private ServerRealm realm;
  @Inject private Wording wording;

  private String name;
  private String password;
  private String totp;
  private String from;

  /** Leads on whoever is signed in already. */
  public void open() throws IOException {
    if (external().getUserPrincipal() != null) {
      lead(from);
    }
  }

  /** Signs in and leads to the page that was wanted. */
  public void signIn() throws IOException {
    signIn(() -> signedIn.begin(request(), response(), name, password, totp));
  }

  /** As {@link #signIn()}, by the application server's realm. */
  public void signInByRealm() throws IOException {
    signIn(() -> signedIn.beginByRealm(request(), response(), name, password));
  }

  private void signIn(Runnable way) throws IOException {
    try {
      way.run();
      lead(from);
    } catch (TooManyTries e) {
      external().setResponseStatus(TOO_MANY_REQUESTS);
      external().setResponseHeader("Retry-After", Long.toString(e.retryAfterSeconds()));
      Refusals.show(e);
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  /** Whether people may come in by the application server's realm. */
  public boolean isRealmOffered() {
    return realm.name().isPresent();
  }

  /** What stands on its button. */
  public String getRealmLabel() {
    return wording.text("single-sign-on.do", realm.name().orElse(""));
  }

  /** Whether there is nobody yet who could sign in. */
  public boolean isSetUpNeeded() {
    return users.setUpNeeded();
  }

  private static void lead(String wanted) throws IOException {
    external().redirect(external().getRequestContextPath() + OwnPath.orStart(wanted));
  }

  private static HttpServletRequest request() {
    return (HttpServletRequest) external().getRequest();
  }

  private static HttpServletResponse response() {
    return (HttpServletResponse) external().getResponse();
  }

  private static ExternalContext external() {
    return FacesContext.getCurrentInstance().getExternalContext();
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

  public String getTotp() {
    return totp;
  }

  public void setTotp(String totp) {
    this.totp = totp;
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from;
  }
}
