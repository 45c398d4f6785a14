package org.resticmanager.web.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.AuditEvent;
import org.resticmanager.audit.AuditFilter;
import org.resticmanager.platform.Page;

/** Writes the audit trail as a table (RFC 4180), a page at a time. */
@ApplicationScoped
public class AuditCsv {

  private static final String HEADINGS =
      "number,at,actor,address,action,targetType,targetId,targetName,before,after";

  @Inject private Audit audit;

  /** All events that a filter lets through, newest first. */
  StreamingOutput of(AuditFilter filter) {
    return out -> {
      Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      writer.write(HEADINGS + "\r\n");
      Optional<String> cursor = Optional.of("");
      while (cursor.isPresent()) {
        Page<AuditEvent> page = audit.list(filter, cursor.get(), Page.MAX_LIMIT);
        for (AuditEvent event : page.items()) {
          write(event, writer);
        }
        cursor = page.nextCursor();
      }
      writer.flush();
    };
  }

  private static void write(AuditEvent event, Writer writer) throws IOException {
    writer.write(
        Stream.of(
                event.number().isPresent() ? Long.toString(event.number().getAsLong()) : "",
                event.at().toString(),
                event.actor(),
                event.address().orElse(""),
                event.action(),
                event.target().type(),
                event.target().id(),
                event.target().name(),
                event.before().orElse(""),
                event.after().orElse(""))
            .map(AuditCsv::cell)
            .collect(Collectors.joining(",")));
    writer.write("\r\n");
  }

  /**
   * Names are foreign text: one that a spreadsheet would take for a formula gets an apostrophe, as
   * OWASP's page on CSV injection advises.
   */
  static String cell(String text) {
    String harmless = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    return harmless.matches("(?s).*[\",\\r\\n].*")
        ? "\"" + harmless.replace("\"", "\"\"") + "\""
        : harmless;
  }
}
