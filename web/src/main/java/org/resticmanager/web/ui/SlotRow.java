package org.resticmanager.web.ui;

import java.util.ArrayList;
import java.util.List;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.Slot;
import org.resticmanager.repository.SlotDetails;

/**
 * The credentials of a slot as a line of a list.
 *
 * @param slot as the address names it
 * @param title what it is called
 * @param use what it is for
 * @param content what is set, in words
 * @param url a location of its own; null if it has none
 * @param present whether it is set
 * @param removable whether it can be taken away
 */
public record SlotRow(
    String slot,
    String title,
    String use,
    String content,
    String url,
    boolean present,
    boolean removable) {

  static SlotRow of(Slot slot, RepositoryDetails repository, Wording wording) {
    SlotDetails details = repository.slot(slot).orElse(null);
    String key = "repository.slot." + slot.wireName();
    return new SlotRow(
        slot.wireName(),
        wording.text(key),
        wording.text(key + ".use"),
        details == null ? wording.text("repository.slot.none") : content(details, wording),
        details == null ? null : details.url(),
        details != null,
        details != null && slot == Slot.ADMIN);
  }

  private static String content(SlotDetails details, Wording wording) {
    List<String> set = new ArrayList<>();
    set.add(
        wording.text(
            details.password() ? "repository.slot.password" : "repository.slot.everyday-password"));
    if (details.username()) {
      set.add(wording.text("repository.slot.username"));
    }
    if (details.credential()) {
      set.add(wording.text("repository.slot.credential"));
    }
    set.addAll(details.environment());
    return String.join(", ", set);
  }
}
