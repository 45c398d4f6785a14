package org.resticmanager.trace;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The collector that traces are sent to. One that is away costs traces and nothing else: they are
 * not kept for later, and few are on their way at a time.
 *
 * <p>No library of OpenTelemetry's: each of them sends on threads of its own, which no application
 * server looks after.
 */
@ApplicationScoped
public class Collector {

  private static final Logger LOG = Logger.getLogger(Collector.class.getName());

  private static final int CONNECT_MILLIS = 3_000;
  private static final int READ_MILLIS = 5_000;
  private static final int MOST_AT_ONCE = 4;
  private static final int FIRST_ERROR = 300;

  private final TraceSettings settings;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /** How many traces were lost since one was taken last. */
  private final AtomicLong lost = new AtomicLong();

  @Inject
  Collector(TraceSettings settings) {
    this.settings = settings;
  }

  /** For the container's proxies. */
  protected Collector() {
    this(null);
  }

  /** Whether there is one. */
  boolean present() {
    return settings.url().isPresent();
  }

  /** Sends a trace, or loses it; returns when it is there. */
  void send(JsonObject trace) {
    if (!places.tryAcquire()) {
      lost("it is too slow", null);
      return;
    }
    try {
      int status = post(settings.url().orElseThrow(), trace);
      if (status >= FIRST_ERROR) {
        lost("it answers with status " + status, null);
      } else if (lost.getAndSet(0) > 0) {
        LOG.info("the collector takes traces again");
      }
    } catch (IOException | IllegalStateException e) {
      lost(e.getMessage(), e);
    } finally {
      places.release();
    }
  }

  /** Said once until one is taken again: a fleet would fill the log. */
  private void lost(String why, Exception cause) {
    if (lost.getAndIncrement() == 0) {
      LOG.log(
          Level.WARNING,
          "traces are lost, the collector at "
              + settings.url().map(URI::toString).orElse("")
              + " does not take them: "
              + why,
          cause);
    }
  }

  private int post(URI address, JsonObject trace) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    try {
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      settings
          .authorization()
          .ifPresent(value -> connection.setRequestProperty("Authorization", value));
      connection.setDoOutput(true);
      byte[] body = trace.toString().getBytes(StandardCharsets.UTF_8);
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
