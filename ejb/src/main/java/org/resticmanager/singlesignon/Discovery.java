package org.resticmanager.singlesignon;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.resticmanager.platform.NotLetIn;

/** Asks the provider how it can be asked, once. */
@ApplicationScoped
class Discovery {

  private static final System.Logger LOG = System.getLogger(Discovery.class.getName());

  /** What a provider signs with a key of its own; a shared secret or none proves nothing. */
  private static final Set<JWSAlgorithm> ALGORITHMS = algorithms();

  /** Providers that came before the recommendation do not. */
  private static final boolean TYPE_NEED_NOT_BE_NAMED = false;

  private final SingleSignOnSettings settings;
  private final ResourceRetriever retriever =
      new DefaultResourceRetriever(
          Answers.CONNECT_MILLIS, Answers.READ_MILLIS, Answers.LARGEST_BYTES);

  private volatile Described described;

  @Inject
  Discovery(SingleSignOnSettings settings) {
    this.settings = settings;
  }

  /** For the container's proxies. */
  protected Discovery() {
    this(null);
  }

  private static Set<JWSAlgorithm> algorithms() {
    Set<JWSAlgorithm> all = new HashSet<>(JWSAlgorithm.Family.RSA);
    all.addAll(JWSAlgorithm.Family.EC);
    return Set.copyOf(all);
  }

  /**
   * The provider.
   *
   * @throws NotLetIn if it does not say how it can be asked
   */
  Described described() {
    Described known = described;
    if (known == null) {
      known = describe();
      described = known;
    }
    return known;
  }

  /** Keys are looked up by the validators themselves, also new ones; what else it says stays. */
  private Described describe() {
    String issuer = settings.issuer();
    try {
      URI address = URI.create(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration");
      OIDCProviderMetadata metadata =
          OIDCProviderMetadata.parse(retriever.retrieveResource(address.toURL()).getContent());
      if (!metadata.getIssuer().getValue().equals(issuer)) {
        throw new IOException("it calls itself " + metadata.getIssuer() + " and not " + issuer);
      }
      Stream.of(
              metadata.getAuthorizationEndpointURI(),
              metadata.getTokenEndpointURI(),
              metadata.getJWKSetURI(),
              metadata.getUserInfoEndpointURI(),
              metadata.getEndSessionEndpointURI())
          .filter(Objects::nonNull)
          .forEach(SafeAddress::require);
      JWSKeySelector<SecurityContext> keys =
          new JWSVerificationKeySelector<>(
              ALGORITHMS,
              JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), retriever)
                  .retrying(true)
                  .build());
      Issuer known = new Issuer(issuer);
      ClientID client = new ClientID(settings.clientId());
      return new Described(
          metadata,
          new IDTokenValidator(known, client, keys, null),
          new LogoutTokenValidator(known, client, TYPE_NEED_NOT_BE_NAMED, keys, null));
    } catch (IOException | ParseException | IllegalStateException e) {
      throw unreachable(e);
    }
  }

  /** What is thrown where the provider cannot be asked; why is for the log. */
  static NotLetIn unreachable(Exception why) {
    LOG.log(
        System.Logger.Level.WARNING, "the identity provider cannot be asked: {0}", why.toString());
    return new NotLetIn(
        "provider-unreachable", "The identity provider does not answer as it should.");
  }
}
