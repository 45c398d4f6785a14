package org.resticmanager.savedview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.platform.Ids;

class SavedViewStoreTest {

  private final TestDatabase database = TestDatabase.create();
  private final SavedViewStore store = new SavedViewStore(database);
  private final SavedView failing = view("Failing", "health=failing");

  @BeforeEach
  void annaSavesAView() {
    for (String person : new String[] {"anna", "bert"}) {
      database.execute(
          "insert into app_user (id, name, role, created_at) values (?, ?, 'viewer', now())",
          UUID.randomUUID(),
          person);
    }
    store.put("anna", failing);
  }

  private static SavedView view(String name, String query) {
    return new SavedView(new SavedViewId(Ids.next()), name, ViewQuery.parse(query));
  }

  @Test
  void viewIsOfThePersonWhoSavedIt() {
    assertThat(store.of("anna", 10)).containsExactly(failing);
    assertThat(store.of("ANNA", 10)).as("names of people know no case").containsExactly(failing);
    assertThat(store.of("bert", 10)).isEmpty();
    assertThat(store.find("anna", failing.id())).contains(failing);
    assertThat(store.find("bert", failing.id())).isEmpty();
    assertThat(store.named("bert", "Failing")).isEmpty();
  }

  @Test
  void viewsAreListedByName() {
    store.put("anna", view("web servers", "tag=web"));
    store.put("anna", view("Berlin", "tag=berlin"));
    store.put("bert", view("Failing", "health=failing&tag=bert"));

    assertThat(store.of("anna", 10))
        .extracting(SavedView::name)
        .containsExactly("Berlin", "Failing", "web servers");
    assertThat(store.of("anna", 2)).hasSize(2);
  }

  @Test
  void viewOfTheSameNameIsReplacedAndKeepsItsId() {
    store.put("anna", view("Failing", "health=failing&sort=urgency"));

    assertThat(store.of("anna", 10))
        .containsExactly(
            new SavedView(failing.id(), "Failing", ViewQuery.parse("health=failing&sort=urgency")));
  }

  @Test
  void removedViewIsGone() {
    store.put("anna", view("Berlin", "tag=berlin"));
    store.delete(failing.id());

    assertThat(store.of("anna", 10)).extracting(SavedView::name).containsExactly("Berlin");
  }

  @Test
  void viewsGoWithTheirPerson() {
    database.execute("delete from app_user where name = 'anna'");

    assertThat(store.find("anna", failing.id())).isEmpty();
  }
}
