package org.resticmanager.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void bothSidesTakeTurnsAndSoDoesWhoBegins() throws Exception {
    Rounds.of(1, 2, side("we"), side("they"));

    assertThat(calls).containsExactly("they", "we", "we", "they", "they", "we");
  }

  @Test
  void aWarmUpDoesNotCount() throws Exception {
    Rounds rounds = Rounds.of(1, 2, side("we"), side("they"));

    assertThat(rounds.ours("calls").figures()).containsExactly(3.0, 6.0);
    assertThat(rounds.reference("calls").figures()).containsExactly(4.0, 5.0);
  }

  private Rounds.Side side(String name) {
    return () -> {
      calls.add(name);
      return Map.of("calls", (double) calls.size());
    };
  }
}
