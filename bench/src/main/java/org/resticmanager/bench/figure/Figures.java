package org.resticmanager.bench.figure;

import java.util.Locale;

/** How figures are written: with three digits that say something, and all before the point. */
final class Figures {

  private Figures() {}

  static String of(double figure) {
    double size = Math.abs(figure);
    int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", figure);
  }

  /** The median, and between what it lies if there are several. */
  static String of(Sample sample) {
    return sample.count() == 1
        ? of(sample.median())
        : "%s (%s – %s)".formatted(of(sample.median()), of(sample.least()), of(sample.most()));
  }

  static String ofRatio(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.3f" : "%.1f", ratio);
  }
}
