package org.resticmanager.bench.fleet;

/** What a simulated agent does that ours does not. */
public enum Misbehaviour {
  /** Sends half a frame and is gone. */
  BREAKS_OFF,
  /** Sends a byte every tenth of a second, and reads as slowly. */
  SLOW,
  /** Sends frames that nobody can read, a hundred a second. */
  GARBAGE,
  /** Sends frames of twice the size that is allowed. */
  OVERSIZED,
  /** Takes what comes and never says a word, after its hello. */
  SILENT,
  /** Says hello, is gone, and comes again at once. */
  COMES_BACK_AT_ONCE
}
