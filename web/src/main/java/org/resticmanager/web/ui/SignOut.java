package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.resticmanager.singlesignon.SingleSignOn;
import org.resticmanager.user.ComesInBy;
import org.resticmanager.user.OwnAccount;
import org.resticmanager.web.security.SignedIn;

/** The button on every page that ends the sign-in; not part of {@link Person}, which pages make. */
@Named
@RequestScoped
public class SignOut {

  @Inject private SignedIn signedIn;
  @Inject private OwnAccount account;
  @Inject private SingleSignOn singleSignOn;
  @Inject private Person person;

  /**
   * Ends the sign-in and leads to the page where the next one begins; by way of the identity
   * provider, if it has let the person in.
   */
  public String end() throws IOException {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    boolean ofProvider = person.isSignedIn() && account.comesInBy() == ComesInBy.PROVIDER;
    signedIn.end((HttpServletRequest) external.getRequest());
    Optional<URI> onward = ofProvider ? singleSignOn.farewell() : Optional.empty();
    if (onward.isPresent()) {
      external.redirect(onward.get().toString());
      return null;
    }
    return "/sign-in.xhtml?faces-redirect=true";
  }
}
