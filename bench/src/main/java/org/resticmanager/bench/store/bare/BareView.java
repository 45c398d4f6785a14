package org.resticmanager.bench.store.bare;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.IntStream;

/** Has its rows ready. */
@Named
@ApplicationScoped
public class BareView {

  private static final int ROWS = 50;

  private final List<String> rows = IntStream.range(0, ROWS).mapToObj(i -> "row " + i).toList();

  public List<String> getRows() {
    return rows;
  }
}
