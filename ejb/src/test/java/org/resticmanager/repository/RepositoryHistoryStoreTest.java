package org.resticmanager.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.platform.Ids;

class RepositoryHistoryStoreTest {

  private static final LocalDate FAR = LocalDate.of(9999, 1, 1);

  private final TestDatabase database = TestDatabase.create();
  private final RepositoryHistoryStore store = new RepositoryHistoryStore(database);
  private final RepositoryId repository = new RepositoryId(Ids.next());

  @BeforeEach
  void addRepository() {
    database.execute(
        "insert into repository (id, name, url, created_at) values (?, 'nas', '/nas', now())",
        repository.value());
  }

  private void note(String at, Long rawSizeBytes, long freedBytes) {
    database.inTransaction(
        () -> {
          store.note(
              repository,
              new RepositoryStatistics(
                  null,
                  rawSizeBytes,
                  null,
                  null,
                  3L,
                  null,
                  null,
                  null,
                  null,
                  null,
                  Instant.parse(at)),
              freedBytes);
          return null;
        });
  }

  @Test
  void aDayHasOneRowWhichSaysWhatWasKnownLast() {
    note("2026-03-01T00:00:00Z", 10L, 0);
    note("2026-03-01T23:59:59Z", 20L, 0);
    note("2026-03-02T00:00:00Z", null, 0);

    assertThat(store.page(repository, FAR, 10))
        .containsExactly(
            new RepositoryDay(LocalDate.of(2026, 3, 2), null, null, null, 3L, 0),
            new RepositoryDay(LocalDate.of(2026, 3, 1), null, 20L, null, 3L, 0));
  }

  @Test
  void whatPrunesOfADayHaveFreedIsAddedUp() {
    note("2026-03-01T04:00:00Z", 10L, 5);
    note("2026-03-01T05:00:00Z", 10L, 0);
    note("2026-03-01T06:00:00Z", 10L, 7);

    assertThat(store.page(repository, FAR, 10))
        .extracting(RepositoryDay::freedBytes)
        .isEqualTo(List.of(12L));
  }

  @Test
  void olderDaysFollowOnTheNextPage() {
    note("2026-03-01T00:00:00Z", 1L, 0);
    note("2026-03-02T00:00:00Z", 2L, 0);
    note("2026-03-03T00:00:00Z", 3L, 0);

    assertThat(store.page(repository, LocalDate.of(2026, 3, 3), 1))
        .extracting(RepositoryDay::rawSizeBytes)
        .containsExactly(2L);
  }
}
