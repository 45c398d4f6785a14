package org.resticmanager.bench.growth;

/**
 * How much of everything there is.
 *
 * @param times as much as in the first scale
 */
public record Scale(int times) {

  private static final int HOSTS = 625;
  private static final int JOBS = 62_500;
  private static final int SNAPSHOTS = 6_000;

  /** Hosts that are there. */
  public int hosts() {
    return HOSTS * times;
  }

  /** Jobs that have been. */
  public int jobs() {
    return JOBS * times;
  }

  /** Snapshots in the list of one repository. */
  int snapshots() {
    return SNAPSHOTS * times;
  }

  @Override
  public String toString() {
    return times + "×";
  }
}
