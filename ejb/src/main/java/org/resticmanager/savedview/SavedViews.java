package org.resticmanager.savedview;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.user.Caller;

/** The views of the list of hosts that people have saved: each sees and changes their own. */
@Stateless
@PermitAll
public class SavedViews {

  private static final int MOST = 50;
  private static final int MAX_NAME = 60;

  @Inject private SavedViewStore store;
  @Inject private Audit audit;
  @Resource private SessionContext context;

  /** The caller's, by name. */
  @RolesAllowed(Caller.SIGNED_IN)
  public List<SavedView> mine() {
    return store.of(caller(), MOST);
  }

  /**
   * Saves a view for the caller. One that they have under this name is replaced, so it may be
   * repeated.
   *
   * @throws Invalid if the name or the query will not do
   * @throws Conflict if the caller has too many
   */
  @RolesAllowed(Caller.SIGNED_IN)
  public SavedView save(String name, ViewQuery query) {
    String text = Invalid.requireText(name, "name", MAX_NAME);
    Optional<SavedView> before = store.named(caller(), text);
    if (before.isEmpty() && mine().size() == MOST) {
      throw new Conflict(
          "too-many-views", "You have " + MOST + " saved views. Remove those not needed any more.");
    }
    store.put(caller(), new SavedView(new SavedViewId(Ids.next()), text, query.require()));
    SavedView view =
        store.named(caller(), text).orElseThrow(() -> new NotFound("person", caller()));
    audit.changed(
        "saved-view.saved",
        view.target(),
        before.map(SavedView::facts).orElse(Facts.none()),
        view.facts());
    return view;
  }

  /**
   * Removes one of the caller's.
   *
   * @throws NotFound if they have none of this id
   */
  @RolesAllowed(Caller.SIGNED_IN)
  public void remove(SavedViewId id) {
    SavedView view =
        store.find(caller(), id).orElseThrow(() -> new NotFound("saved-view", id.toString()));
    store.delete(id);
    audit.changed("saved-view.removed", view.target(), view.facts(), Facts.none());
  }

  private String caller() {
    return context.getCallerPrincipal().getName();
  }
}
