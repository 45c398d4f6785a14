package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.resticmanager.job.RepositoryUse;
import org.resticmanager.job.RepositoryUses;
import org.resticmanager.repository.RepositoryId;

/** The section of a repository's page that tells who uses it, and who waits until they may. */
@Named
@RequestScoped
public class RepositoryAccessView {

  private static final int SHOWN = 10;

  @Inject private RepositoryUses uses;
  @Inject private Wording wording;

  private final String id = Address.parameter("id");
  private List<RepositoryUse> read;

  /** Those who have the lease, then those in line. */
  public List<RepositoryUse> getUses() {
    if (read == null) {
      read = uses.of(RepositoryId.parse(id), SHOWN);
    }
    return read;
  }

  /** How one stands. */
  public State state(RepositoryUse use) {
    if (!use.holds()) {
      return new State("idle", "clock", "access.use.waits");
    }
    return new State("busy", "running", use.alone() ? "access.use.alone" : "access.use.shared");
  }

  /** What it does, in words. */
  public String title(RepositoryUse use) {
    return wording.text("job.kind." + use.kind().wireName());
  }
}
