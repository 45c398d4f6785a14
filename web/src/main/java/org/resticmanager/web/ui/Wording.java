package org.resticmanager.web.ui;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.application.ResourceHandler;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.resticmanager.health.Judgement;
import org.resticmanager.platform.ControlPlaneSettings;
import org.resticmanager.platform.VisibleText;
import org.resticmanager.source.Cron;

/** How numbers, times and foreign texts read on a page. */
@Named
@ApplicationScoped
public class Wording {

  private static final String TEXTS = "org.resticmanager.web.ui.texts";
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

  /** Keeps a number and its unit on one line. */
  private static final char NO_BREAK = '\u00A0';

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter UTC_CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  @Inject private ControlPlaneSettings settings;

  /** The same for all; a page with fifty rows shows more than a hundred icons. */
  private volatile String icons;

  /** The product's version: part of the address of scripts and styles, which browsers keep. */
  public String getVersion() {
    return settings.version();
  }

  /** The address of an icon, by its name in icons.svg. */
  public String icon(String name) {
    String all = icons;
    if (all == null) {
      ResourceHandler resources =
          FacesContext.getCurrentInstance().getApplication().getResourceHandler();
      String path = resources.createResource("icons.svg", "rm").getRequestPath();
      all = path + "&v=" + getVersion() + "#";
      icons = all;
    }
    return all + name;
  }

  /** A text of the pages, with its {@code {0}}, {@code {1}} filled in. */
  public String text(String key, Object... parts) {
    return text(locale(), key, parts);
  }

  static String text(Locale locale, String key, Object... parts) {
    String pattern = ResourceBundle.getBundle(TEXTS, locale, loader()).getString(key);
    return parts.length == 0 ? pattern : new MessageFormat(pattern, locale).format(parts);
  }

  /** What the product says in English where it knows of no page, such as a refusal. */
  public String sentence(String english) {
    return Sentences.in(locale(), english);
  }

  /** When a schedule fires, in words; as it was written if that says it shorter. */
  public String cadence(Cron cron) {
    return Cadence.inWords(cron, locale()).orElse(cron.expression());
  }

  /** Why a host is as it is, in words. */
  public String reason(Judgement judgement) {
    return text("reason." + judgement.reason().word(), visible(judgement.sourceGroup().orElse("")));
  }

  /** Bytes in restic's own units. */
  public String bytes(long bytes) {
    return bytes(locale(), bytes);
  }

  static String bytes(Locale locale, long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.size() - 1) {
      amount /= 1024;
      unit++;
    }
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(unit == 0 || amount >= 100 ? 0 : 1);
    return format.format(amount) + NO_BREAK + UNITS.get(unit);
  }

  /** A whole number with its groups of digits. */
  public String count(long number) {
    return NumberFormat.getIntegerInstance(locale()).format(number);
  }

  /** A span of time in its two largest units, such as {@code 3 min 20 s}. */
  public String span(Duration span) {
    return span(locale(), span);
  }

  static String span(Locale locale, Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 60) {
      return amount(seconds, "s");
    }
    if (seconds < 3600) {
      return amount(seconds / 60, "min") + " " + amount(seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return amount(seconds / 3600, "h") + " " + amount(seconds % 3600 / 60, "min");
    }
    return text(locale, "span.days", seconds / 86_400) + " " + amount(seconds % 86_400 / 3600, "h");
  }

  /** A number of days. */
  public String days(long days) {
    return text("days", days);
  }

  private static String amount(long number, String unit) {
    return number + "" + NO_BREAK + unit;
  }

  /**
   * The moment for browsers that run no script; with one they show the viewer's own zone.
   *
   * @param moment may be null, of which nothing is shown
   */
  public String utc(Instant moment) {
    return moment == null ? "" : UTC.format(moment);
  }

  /** The time of day, likewise. */
  public String utcClock(Instant moment) {
    return UTC_CLOCK.format(moment);
  }

  /** A foreign text with every character visible; the page escapes it as any text. */
  public String visible(String text) {
    return VisibleText.of(text);
  }

  static Locale locale() {
    FacesContext faces = FacesContext.getCurrentInstance();
    return faces == null || faces.getViewRoot() == null
        ? Locale.ENGLISH
        : faces.getViewRoot().getLocale();
  }

  private static ClassLoader loader() {
    return Wording.class.getClassLoader();
  }
}
