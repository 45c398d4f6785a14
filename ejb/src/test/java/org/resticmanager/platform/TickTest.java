package org.resticmanager.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickTest {

  private final Tick tick = new Tick("this test's work failed");
  private final List<String> done = new ArrayList<>();

  @Test
  void aFailureStaysInsideAndTheNextTickWorks() {
    tick.run(
        () -> {
          throw new IllegalStateException("the database is away");
        });

    tick.run(() -> done.add("again"));

    assertThat(done).containsExactly("again");
  }

  @Test
  void aTickDuringTheLastOneDoesNothing() {
    tick.run(
        () -> {
          done.add("first");
          tick.run(() -> done.add("second"));
        });

    assertThat(done).containsExactly("first");
  }
}
