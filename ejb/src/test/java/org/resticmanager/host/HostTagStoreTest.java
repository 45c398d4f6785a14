package org.resticmanager.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;

class HostTagStoreTest {

  private final TestDatabase database = TestDatabase.create();
  private final HostTagStore store = new HostTagStore(database);
  private final HostId web = new HostId(database.addHost("web"));
  private final HostId mail = new HostId(database.addHost("mail"));

  @Test
  void tagsAreReplacedAndRead() {
    store.replace(web, Tags.of(List.of("berlin", "web")));
    store.replace(web, Tags.of(List.of("web", "paris")));
    store.replace(mail, Tags.of(List.of("berlin")));

    assertThat(store.of(List.of(web, mail)))
        .isEqualTo(Map.of(web, Tags.of(List.of("paris", "web")), mail, Tags.of(List.of("berlin"))));
  }

  @Test
  void hostWithoutTagsIsLeftOut() {
    store.replace(web, Tags.NONE);
    assertThat(store.of(List.of(web))).isEmpty();
    assertThat(store.of(List.of())).isEmpty();
  }

  @Test
  void tagsGoWithTheirHost() {
    store.replace(web, Tags.of(List.of("berlin")));
    database.execute("delete from host where id = ?", web.value());
    assertThat(database.value("select count(*) from host_tag")).isEqualTo(0L);
  }
}
