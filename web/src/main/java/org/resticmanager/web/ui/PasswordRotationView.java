package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.resticmanager.platform.Refusal;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.rotation.PasswordRotations;
import org.resticmanager.rotation.RotationState;
import org.resticmanager.rotation.RotationStep;

/** The change of a repository's password: how it stands, and what a person can do about it. */
@Named
@RequestScoped
public class PasswordRotationView {

  @Inject private PasswordRotations rotations;
  @Inject private Wording wording;

  private final String id = Address.parameter("id");
  private Optional<RotationState> state;
  private String newPassword;

  private Optional<RotationState> state() {
    if (state == null) {
      state = rotations.find(RepositoryId.parse(id));
    }
    return state;
  }

  /** What the section shows; for {@link LiveRegions}. */
  Object shown() {
    return state();
  }

  /** The change; null if there is nothing to know of one. */
  public RotationState getState() {
    return state()
        .filter(known -> known.step().open() || known.step() == RotationStep.KEY_LEFT)
        .orElse(null);
  }

  /** How urgent it is. */
  public String getTone() {
    return getState().stuck() || !getState().step().open() ? "warn" : "info";
  }

  public String getTitle() {
    return wording.text(
        getState().stuck() ? "rotation.stuck.title" : "rotation.title." + getState().step().word());
  }

  /** What it means. */
  public String getText() {
    return wording.text("rotation.text." + getState().step().word());
  }

  /** Why it is stuck, or what it waits for; null if for nothing that is known. */
  public String getReason() {
    return getState()
        .job()
        .flatMap(
            job ->
                getState().stuck()
                    ? Optional.ofNullable(job.error())
                    : Optional.ofNullable(job.waitingFor())
                        .map(what -> wording.text("rotation.waits", what)))
        .orElse(null);
  }

  /** The last job for it; null if there is none. */
  public String getJob() {
    return getState().job().map(job -> job.id().toString()).orElse(null);
  }

  /** Whether it can be given up, and whether that leaves the old password where it is. */
  public boolean isGiveUp() {
    return getState().step() == RotationStep.ADDING || isLeave();
  }

  /** Whether giving up would leave the old password in the repository. */
  public boolean isLeave() {
    return getState().step() == RotationStep.REMOVING;
  }

  /** Begins a change, and leads to the repository, which shows it. */
  public String start() {
    String wanted = newPassword == null ? "" : newPassword;
    try {
      rotations.start(RepositoryId.parse(id), Optional.of(wanted).filter(text -> !text.isEmpty()));
      return "/repository.xhtml?faces-redirect=true&id=" + id;
    } catch (Refusal e) {
      if (e.field().isPresent()) {
        Refusals.showAt("newPassword", e);
      } else {
        Refusals.show(e);
      }
      return null;
    }
  }

  /** Tries once more what has failed. */
  public void goOn() {
    change(() -> rotations.start(RepositoryId.parse(id), Optional.empty()));
  }

  /** Gives the change up, or the removal of the old password. */
  public void giveUp() {
    change(() -> rotations.giveUp(RepositoryId.parse(id)));
  }

  private void change(Runnable what) {
    try {
      what.run();
    } catch (Refusal e) {
      Refusals.show(e);
    }
    state = null;
  }

  public String getNewPassword() {
    return newPassword;
  }

  public void setNewPassword(String newPassword) {
    this.newPassword = newPassword;
  }
}
