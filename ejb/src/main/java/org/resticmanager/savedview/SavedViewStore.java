package org.resticmanager.savedview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;

/** The saved views of each person in the database; call it inside a transaction. */
@ApplicationScoped
public class SavedViewStore {

  private static final String OF =
      "select v.id, v.name, v.query from saved_view v join app_user p on p.id = v.user_id"
          + " where lower(p.name) = lower(?)";

  private final Sql sql;

  @Inject
  SavedViewStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected SavedViewStore() {
    sql = null;
  }

  /** A view that the person has under this name shows from now on what this one does. */
  void put(String person, SavedView view) {
    sql.update(
        "insert into saved_view (id, user_id, name, query)"
            + " select ?, id, ?, ? from app_user where lower(name) = lower(?)"
            + " on conflict (user_id, name) do update set query = excluded.query",
        view.id().value(),
        view.name(),
        view.query().text(),
        person);
  }

  /** Those of a person, by name. */
  List<SavedView> of(String person, int limit) {
    return sql.rows(
        SavedViewStore::view, OF + " order by lower(v.name), v.name limit ?", person, limit);
  }

  Optional<SavedView> named(String person, String name) {
    return sql.row(SavedViewStore::view, OF + " and v.name = ?", person, name);
  }

  Optional<SavedView> find(String person, SavedViewId id) {
    return sql.row(SavedViewStore::view, OF + " and v.id = ?", person, id.value());
  }

  void delete(SavedViewId id) {
    sql.update("delete from saved_view where id = ?", id.value());
  }

  private static SavedView view(ResultSet row) throws SQLException {
    return new SavedView(
        new SavedViewId(row.getObject("id", UUID.class)),
        row.getString("name"),
        ViewQuery.parse(row.getString("query")));
  }
}
