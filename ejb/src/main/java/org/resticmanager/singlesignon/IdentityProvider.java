package org.resticmanager.singlesignon;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.SessionID;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.resticmanager.platform.ControlPlaneSettings;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.platform.VisibleText;
import org.resticmanager.user.ProviderIdentity;

/**
 * The identity provider, asked by the code flow of OpenID Connect with PKCE. Nothing that it or a
 * browser says counts before it is verified.
 */
@ApplicationScoped
public class IdentityProvider {

  /** Where browsers come back to that have signed out there. */
  private static final String SIGNED_OUT_PATH = "/sign-in.xhtml";

  /** Where browsers come back to, below the control plane's address. */
  static final String RETURN_PATH = "/single-sign-on/return";

  private static final System.Logger LOG = System.getLogger(IdentityProvider.class.getName());

  private final SingleSignOnSettings settings;
  private final ControlPlaneSettings controlPlane;
  private final Discovery discovery;

  @Inject
  IdentityProvider(
      SingleSignOnSettings settings, ControlPlaneSettings controlPlane, Discovery discovery) {
    this.settings = settings;
    this.controlPlane = controlPlane;
    this.discovery = discovery;
  }

  /** For the container's proxies. */
  protected IdentityProvider() {
    this(null, null, null);
  }

  /** A fresh way to the provider. */
  Departure departure(String from, Instant now) {
    State state = new State();
    Nonce nonce = new Nonce();
    CodeVerifier verifier = new CodeVerifier();
    URI address =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(settings.scopes().toArray(String[]::new)),
                new ClientID(settings.clientId()),
                returnAddress())
            .endpointURI(discovery.described().metadata().getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .build()
            .toURI();
    return new Departure(
        address,
        new PendingSignIn(state.getValue(), nonce.getValue(), verifier.getValue(), from, now));
  }

  /**
   * Where a browser signs out at the provider, and comes back from; empty if it has no such place.
   *
   * @throws NotLetIn if it does not answer
   */
  Optional<URI> farewell() {
    return Optional.ofNullable(discovery.described().metadata().getEndSessionEndpointURI())
        .map(
            endpoint ->
                new LogoutRequest(
                        endpoint,
                        null,
                        null,
                        new ClientID(settings.clientId()),
                        URI.create(controlPlane.url() + SIGNED_OUT_PATH),
                        null,
                        null)
                    .toURI());
  }

  /**
   * Whom the provider vouches for with this answer.
   *
   * @throws NotLetIn if it does not, or the answer is not its answer to what was begun
   */
  Vouched vouched(PendingSignIn begun, URI answer) {
    Described provider = discovery.described();
    try {
      AuthorizationCode code = code(provider.metadata(), begun, answer);
      OIDCTokenResponse tokens = tokens(provider.metadata(), begun, code);
      IDTokenClaimsSet idToken =
          provider
              .idTokens()
              .validate(tokens.getOIDCTokens().getIDToken(), new Nonce(begun.nonce()));
      requireMadeForUs(idToken);
      return vouched(
          idToken, userInfo(provider.metadata(), idToken, tokens.getOIDCTokens().getAccessToken()));
    } catch (IOException e) {
      throw Discovery.unreachable(e);
    } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
      // the last one for what is there and empty
      LOG.log(System.Logger.Level.WARNING, "single sign-on refused: {0}", VisibleText.reason(e));
      throw answerRefused();
    }
  }

  private static AuthorizationCode code(
      OIDCProviderMetadata metadata, PendingSignIn begun, URI answer) throws ParseException {
    AuthenticationResponse response = AuthenticationResponseParser.parse(answer);
    boolean ours = new State(begun.state()).equals(response.getState());
    boolean theirs =
        response.getIssuer() == null
            ? !metadata.supportsAuthorizationResponseIssuerParam()
            : response.getIssuer().equals(metadata.getIssuer());
    if (!ours || !theirs) {
      throw answerRefused();
    }
    if (!response.indicatesSuccess()) {
      throw new NotLetIn("provider-refused", "The identity provider did not let you in.");
    }
    return Optional.ofNullable(response.toSuccessResponse().getAuthorizationCode())
        .orElseThrow(IdentityProvider::answerRefused);
  }

  private OIDCTokenResponse tokens(
      OIDCProviderMetadata metadata, PendingSignIn begun, AuthorizationCode code)
      throws IOException, ParseException {
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(code, returnAddress(), new CodeVerifier(begun.verifier()));
    ClientID client = new ClientID(settings.clientId());
    URI endpoint = metadata.getTokenEndpointURI();
    TokenRequest request =
        settings
            .clientSecret()
            .map(secret -> authentication(metadata, client, new Secret(secret)))
            .map(proof -> new TokenRequest.Builder(endpoint, proof, grant).build())
            .orElseGet(() -> new TokenRequest.Builder(endpoint, client, grant).build());
    TokenResponse response = OIDCTokenResponseParser.parse(Answers.to(request.toHTTPRequest()));
    if (!response.indicatesSuccess()) {
      throw new ParseException(
          "the token endpoint answers " + response.toErrorResponse().getErrorObject());
    }
    return (OIDCTokenResponse) response.toSuccessResponse();
  }

  private static ClientAuthentication authentication(
      OIDCProviderMetadata metadata, ClientID client, Secret secret) {
    List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        ? new ClientSecretBasic(client, secret)
        : new ClientSecretPost(client, secret);
  }

  /** A token for several must say that we are the one whom the person has let in. */
  private void requireMadeForUs(IDTokenClaimsSet idToken) throws ParseException {
    boolean forSeveral = idToken.getAudience().size() > 1;
    String party = idToken.getStringClaim(IDTokenClaimsSet.AZP_CLAIM_NAME);
    if (party == null ? forSeveral : !party.equals(settings.clientId())) {
      throw new ParseException("the ID token was made for " + party);
    }
  }

  /** What the provider says beside the ID token, of the same person; empty if it says nothing. */
  private static Optional<UserInfo> userInfo(
      OIDCProviderMetadata metadata, IDTokenClaimsSet idToken, AccessToken token)
      throws IOException, ParseException {
    if (metadata.getUserInfoEndpointURI() == null) {
      return Optional.empty();
    }
    UserInfoResponse response =
        UserInfoResponse.parse(
            Answers.to(
                new UserInfoRequest(metadata.getUserInfoEndpointURI(), token).toHTTPRequest()));
    UserInfo info = response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
    if (info == null || !info.getSubject().equals(idToken.getSubject())) {
      throw new ParseException("the userinfo endpoint does not speak of who signed in");
    }
    return Optional.of(info);
  }

  private Vouched vouched(IDTokenClaimsSet idToken, Optional<UserInfo> info) {
    List<ClaimsSet> claims =
        Stream.concat(info.stream(), Stream.of(idToken)).map(ClaimsSet.class::cast).toList();
    Set<String> groups = new HashSet<>();
    claims.forEach(set -> groups.addAll(groups(set)));
    String name =
        Stream.of("preferred_username", "email", "name")
            .flatMap(claim -> claims.stream().map(set -> set.getStringClaim(claim)))
            .filter(text -> text != null && !text.isBlank())
            .findFirst()
            .orElse(idToken.getSubject().getValue());
    return new Vouched(
        new ProviderIdentity(idToken.getIssuer().getValue(), idToken.getSubject().getValue(), name),
        Optional.ofNullable(idToken.getSessionID()).map(SessionID::getValue),
        groups);
  }

  private List<String> groups(ClaimsSet claims) {
    List<String> several = claims.getStringListClaim(settings.groupsClaim());
    String one = claims.getStringClaim(settings.groupsClaim());
    return several != null
        ? several.stream().filter(Objects::nonNull).toList()
        : Optional.ofNullable(one).stream().toList();
  }

  private URI returnAddress() {
    return URI.create(controlPlane.url() + RETURN_PATH);
  }

  static NotLetIn answerRefused() {
    return new NotLetIn(
        "answer-refused", "The answer of the identity provider was not good. Begin once more.");
  }
}
