package org.resticmanager.bandwidth;

import static java.util.Objects.requireNonNull;

import org.resticmanager.source.BlackoutWindows.Window;

/**
 * Hours of the week with limits of their own.
 *
 * @param hours when
 * @param limits what holds in them
 */
public record BandwidthWindow(Window hours, Bandwidth limits) {

  public BandwidthWindow {
    requireNonNull(hours);
    requireNonNull(limits);
  }
}
