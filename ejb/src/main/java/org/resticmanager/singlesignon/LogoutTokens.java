package org.resticmanager.singlesignon;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Identifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.BackChannelLogoutRequest;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.platform.VisibleText;
import org.resticmanager.user.ProviderLogout;

/**
 * Reads the tokens by which a provider says that somebody has signed out there (OpenID Connect
 * Back-Channel Logout 1.0). Anybody may send something that looks like one.
 */
@ApplicationScoped
class LogoutTokens {

  private static final System.Logger LOG = System.getLogger(LogoutTokens.class.getName());

  /** As the library allows between the provider's clock and ours. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** A token is kept for as long as it is good, so that it works once: that has to be bounded. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int LONGEST_ID = 500;

  private final Discovery discovery;

  @Inject
  LogoutTokens(Discovery discovery) {
    this.discovery = discovery;
  }

  /** For the container's proxies. */
  protected LogoutTokens() {
    this(null);
  }

  /**
   * What the provider says.
   *
   * @param form the body of its request
   * @throws NotLetIn if it is not the provider who says it, to us and now, or it says no such thing
   */
  ProviderLogout read(String form, Instant now) {
    try {
      BackChannelLogoutRequest request =
          BackChannelLogoutRequest.parse(URLUtils.parseParameters(form));
      LogoutTokenClaimsSet claims =
          discovery.described().logoutTokens().validate(request.getLogoutToken());
      Instant expiresAt = claims.getExpirationTime().toInstant();
      if (claims.getIssueTime().toInstant().isAfter(now.plus(SKEW))
          || expiresAt.isAfter(now.plus(LONGEST))
          || claims.getJWTID().getValue().length() > LONGEST_ID) {
        throw new ParseException("it is not of now, or its id is too long");
      }
      return new ProviderLogout(
          claims.getIssuer().getValue(),
          claims.getJWTID().getValue(),
          text(claims.getSubject()),
          text(claims.getSessionID()),
          expiresAt.plus(SKEW));
    } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
      // anybody's words
      LOG.log(System.Logger.Level.INFO, "a logout token is refused: {0}", VisibleText.reason(e));
      throw new NotLetIn("logout-refused", "This is no logout token of the identity provider.");
    }
  }

  private static Optional<String> text(Identifier identifier) {
    return Optional.ofNullable(identifier).map(Identifier::getValue);
  }
}
