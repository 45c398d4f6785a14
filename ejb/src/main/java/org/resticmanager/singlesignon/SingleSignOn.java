package org.resticmanager.singlesignon;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.user.BrowserSignIn;
import org.resticmanager.user.Origin;
import org.resticmanager.user.ProviderPeople;
import org.resticmanager.user.Role;

/**
 * Lets people in by way of an identity provider. The provider is asked outside of any transaction.
 */
@ApplicationScoped
public class SingleSignOn {

  /** Time enough to find a phone with a code; not enough for an answer that lies about. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Inject private SingleSignOnSettings settings;
  @Inject private IdentityProvider provider;
  @Inject private LogoutTokens logoutTokens;
  @Inject private ProviderPeople people;
  @Inject private Clock clock;

  /** Whether there is a provider. */
  public boolean offered() {
    return settings.present();
  }

  /** What the provider is called on the page. */
  public String providerName() {
    return settings.name();
  }

  /**
   * Begins a sign-in.
   *
   * @param from the page that was wanted; empty if none was
   * @throws NotLetIn if the provider does not answer
   */
  public Departure begin(String from) {
    return provider.departure(from, clock.instant());
  }

  /**
   * Ends a sign-in that came back.
   *
   * @param pending what was begun in this browser, which nobody may use a second time
   * @param answer the address with which the browser came back
   * @throws NotLetIn if anything about the answer is not good, or the person may not come in
   */
  public BrowserSignIn complete(Optional<PendingSignIn> pending, URI answer, Origin origin) {
    Instant now = clock.instant();
    PendingSignIn begun =
        pending
            .filter(any -> now.isBefore(any.begunAt().plus(LONGEST)))
            .orElseThrow(IdentityProvider::answerRefused);
    Vouched vouched = provider.vouched(begun, answer);
    Role role =
        settings
            .roles()
            .highest(vouched.groups())
            .orElseThrow(
                () ->
                    people.refused(
                        vouched.identity().name(), "no-role", "None of your groups may come in."));
    return people.signIn(vouched.identity(), vouched.session(), role, origin);
  }

  /**
   * Where a browser goes on to that has signed out here, to sign out at the provider too; empty if
   * it is not to, or cannot.
   */
  public Optional<URI> farewell() {
    if (!settings.present() || !settings.signsOutThere()) {
      return Optional.empty();
    }
    try {
      return provider.farewell();
    } catch (NotLetIn e) {
      return Optional.empty(); // it does not answer, and they are signed out here all the same
    }
  }

  /**
   * Ends the sign-ins of who has signed out at the provider, on every node.
   *
   * @param form what it has sent
   * @throws NotLetIn if it is not the provider's, or was told before
   */
  public void endedAtProvider(String form) {
    people.signedOut(logoutTokens.read(form, clock.instant()));
  }
}
