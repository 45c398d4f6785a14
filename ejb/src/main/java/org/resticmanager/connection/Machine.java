package org.resticmanager.connection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.resticmanager.protocol.wire.Hello;

/**
 * What an agent says of the machine on which it runs: enough to tell two agents with one token
 * apart.
 *
 * @param hostname what the machine calls itself
 * @param bootTime when it started; null if unknown
 */
public record Machine(String hostname, Instant bootTime) {

  static Machine of(Hello hello) {
    return new Machine(hello.hostname(), hello.bootTime());
  }

  /** For people. */
  String inWords() {
    return bootTime == null
        ? hostname
        : hostname + " (started " + bootTime.truncatedTo(ChronoUnit.SECONDS) + ")";
  }
}
