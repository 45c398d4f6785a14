package org.resticmanager.metric;

/**
 * What the nodes share, in numbers; not a number where the database does not say.
 *
 * @param hosts all of them
 * @param online those heard of lately
 * @param queued jobs that wait
 * @param running jobs that run
 * @param oldestSeconds how long the job waits that was due first
 */
record Fleet(double hosts, double online, double queued, double running, double oldestSeconds) {

  static final Fleet UNKNOWN =
      new Fleet(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
