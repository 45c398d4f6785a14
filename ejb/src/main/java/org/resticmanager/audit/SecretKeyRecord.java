package org.resticmanager.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.resticmanager.secret.SecretKeyChange;

/** Records changes of the secret key: its component cannot, because the chain needs envelopes. */
@ApplicationScoped
public class SecretKeyRecord {

  @Inject private Audit audit;

  void onChange(@Observes SecretKeyChange change) {
    audit.done(
        change.action(),
        new Target("secret-key", change.keyId(), change.keyId()),
        Facts.with("envelopes", change.envelopes()));
  }
}
