package org.resticmanager.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;

class HostTagStoreTest {

  private final TestDatabase database = TestDatabase.create();
  private final HostTagStore store = new HostTagStore(database);
  private final HostId web = new HostId(database.addHost("web"));
  private final HostId mail = new HostId(database.addHost("mail"));
  private final HostId untagged = new HostId(database.addHost("untagged"));

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

  @Test
  void hostIsSeenByWhoIsLimitedToOneOfItsTags() {
    store.replace(web, Tags.of(List.of("berlin", "web")));
    store.replace(mail, Tags.of(List.of("paris")));

    assertThat(seen(Sight.EVERYTHING)).containsExactlyInAnyOrder(web, mail, untagged);
    assertThat(seen(Sight.within(tags("berlin", "rome")))).containsExactly(web);
    assertThat(seen(Sight.within(tags("berlin", "paris")))).containsExactlyInAnyOrder(web, mail);
    assertThat(seen(Sight.within(tags("ber")))).isEmpty();
  }

  @Test
  void ofTwoLimitsBothCount() {
    store.replace(web, Tags.of(List.of("berlin", "web")));
    store.replace(mail, Tags.of(List.of("berlin", "mail")));

    assertThat(seen(Sight.within(tags("berlin"), tags("mail", "x")))).containsExactly(mail);
    assertThat(seen(Sight.within(tags("berlin"), Tags.NONE))).containsExactlyInAnyOrder(web, mail);
    assertThat(seen(Sight.within(tags("web"), tags("mail")))).isEmpty();
  }

  private static Tags tags(String... names) {
    return Tags.of(List.of(names));
  }

  private Set<HostId> seen(Sight sight) {
    return store.seen(sight, List.of(web, mail, untagged));
  }
}
