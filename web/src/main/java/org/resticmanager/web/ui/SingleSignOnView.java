package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.resticmanager.singlesignon.SingleSignOn;

/** The other way in on the page on which a person signs in. */
@Named
@RequestScoped
public class SingleSignOnView {

  private static final Set<String> REFUSALS =
      Set.of(
          "no-role",
          "name-taken",
          "name-unusable",
          "person-disabled",
          "signed-out",
          "provider-unreachable",
          "answer-refused",
          "provider-refused");

  @Inject private SingleSignOn singleSignOn;
  @Inject private SignInView signInView;
  @Inject private Wording wording;

  private String refused;

  /** Whether there is an identity provider. */
  public boolean isOffered() {
    return singleSignOn.offered();
  }

  /** What stands on the button. */
  public String getLabel() {
    return wording.text("single-sign-on.do", singleSignOn.providerName());
  }

  /** Where the button leads. */
  public String getAddress() {
    String begin =
        FacesContext.getCurrentInstance().getExternalContext().getRequestContextPath()
            + "/single-sign-on/begin";
    return signInView.getFrom() == null
        ? begin
        : begin + "?from=" + URLEncoder.encode(signInView.getFrom(), StandardCharsets.UTF_8);
  }

  /** The key of the text that says why somebody was not let in; null if nobody was refused. */
  public String getRefusedKey() {
    return refused != null && REFUSALS.contains(refused)
        ? "single-sign-on.refused." + refused
        : null;
  }

  public String getRefused() {
    return refused;
  }

  public void setRefused(String refused) {
    this.refused = refused;
  }
}
