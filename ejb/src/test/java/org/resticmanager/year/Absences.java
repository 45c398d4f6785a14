package org.resticmanager.year;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Times in which somebody is not there. */
final class Absences {

  private final NavigableMap<Instant, Instant> endsByBegin = new TreeMap<>();

  void add(Instant begin, Instant end) {
    endsByBegin.put(begin, end);
  }

  /** The first moment from this one on that lies in none of them. */
  Instant over(Instant moment) {
    Map.Entry<Instant, Instant> last = endsByBegin.floorEntry(moment);
    return last != null && moment.isBefore(last.getValue()) ? last.getValue() : moment;
  }

  boolean contain(Instant moment) {
    return over(moment).isAfter(moment);
  }
}
