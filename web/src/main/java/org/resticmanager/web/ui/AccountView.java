package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Refusal;
import org.resticmanager.user.ApiToken;
import org.resticmanager.user.ApiTokenDetails;
import org.resticmanager.user.ApiTokens;
import org.resticmanager.user.ComesInBy;
import org.resticmanager.user.OwnAccount;
import org.resticmanager.user.Scope;
import org.resticmanager.user.SignInDetails;
import org.resticmanager.user.SignInId;
import org.resticmanager.user.SignIns;
import org.resticmanager.user.TokenId;
import org.resticmanager.web.security.SignedIn;

/** A person's own account: where they are signed in, their password and API tokens. */
@Named
@RequestScoped
public class AccountView {

  private static final String PAGE = "/account.xhtml?faces-redirect=true";

  @Inject private OwnAccount account;
  @Inject private SignIns signIns;
  @Inject private ApiTokens tokens;
  @Inject private ChosenPassword chosen;
  @Inject private Wording wording;

  private ComesInBy comesInBy;
  private List<SignInRow> rows;
  private ApiToken token;
  private String label;
  private String scope = Scope.READ.scopeName();
  private String hostTags;
  private String days = "90";
  private String currentPassword;

  /** By what the person comes in. */
  public ComesInBy getComesInBy() {
    if (comesInBy == null) {
      comesInBy = account.comesInBy();
    }
    return comesInBy;
  }

  /** Whether the person comes in by a password of ours. */
  public boolean isWithPassword() {
    return getComesInBy() == ComesInBy.PASSWORD;
  }

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

  /** The person's API tokens. */
  public List<ApiTokenDetails> getTokens() {
    return tokens.mine();
  }

  /** What may be chosen as scope: no more than the person may do. */
  public List<SelectItem> getScopes() {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    return Arrays.stream(Scope.values())
        .filter(each -> external.isUserInRole(each.role().roleName()))
        .map(each -> new SelectItem(each.scopeName(), wording.text("scope." + each.scopeName())))
        .toList();
  }

  /** Makes an API token, and shows it this once. */
  public void makeToken() {
    try {
      token =
          tokens.create(
              label, Optional.of(Scope.named(scope)), TypedTags.read("hostTags", hostTags), days());
      label = null;
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  private int days() {
    try {
      return Integer.parseInt(days == null ? "" : days.strip());
    } catch (NumberFormatException e) {
      throw new Invalid("expiresInDays", "must be a whole number");
    }
  }

  /** Revokes an API token. */
  public String revoke(TokenId id) {
    try {
      tokens.revoke(id);
      return PAGE;
    } catch (Refusal e) {
      return PAGE; // somebody else was first
    }
  }

  /** The token just made; null if none was. */
  public ApiToken getToken() {
    return token;
  }

  public String getLabel() {
    return label;
  }

  public void setLabel(String label) {
    this.label = label;
  }

  public String getScope() {
    return scope;
  }

  public void setScope(String scope) {
    this.scope = scope;
  }

  public String getHostTags() {
    return hostTags;
  }

  public void setHostTags(String hostTags) {
    this.hostTags = hostTags;
  }

  public String getDays() {
    return days;
  }

  public void setDays(String days) {
    this.days = days;
  }

  /** Changes the password. */
  public void changePassword() {
    if (!chosen.isTypedTwice()) {
      return;
    }
    try {
      account.changePassword(currentPassword, chosen.getPassword(), current());
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

  /**
   * A sign-in as a line of the list.
   *
   * @param signIn the sign-in
   * @param title what holds it, in words
   */
  public record SignInRow(SignInDetails signIn, String title) {}
}
