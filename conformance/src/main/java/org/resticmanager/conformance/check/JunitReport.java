package org.resticmanager.conformance.check;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results in the XML that CI servers read as those of JUnit. */
public final class JunitReport {

  private JunitReport() {}

  /** Writes one suite, replacing the file. */
  public static void write(Path file, String peer, List<Result> results) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "restic-manager conformance of the " + peer);
      xml.writeAttribute("tests", Integer.toString(results.size()));
      xml.writeAttribute("failures", count(results, Result.Verdict.BROKEN));
      xml.writeAttribute("skipped", count(results, Result.Verdict.NOT_CHECKED));
      for (Result result : results) {
        testCase(xml, peer, result);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static String count(List<Result> results, Result.Verdict verdict) {
    return Long.toString(results.stream().filter(r -> r.verdict() == verdict).count());
  }

  private static void testCase(XMLStreamWriter xml, String peer, Result result)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", peer + "." + result.check().section().replace(' ', '_'));
    xml.writeAttribute("name", result.check().id() + ": " + result.check().words());
    xml.writeAttribute(
        "time", String.format(Locale.ROOT, "%.3f", result.took().toMillis() / 1000.0));
    switch (result.verdict()) {
      case BROKEN -> {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", "expected " + Printable.of(result.expected()));
        xml.writeCharacters(Printable.of(result.detail()));
        xml.writeEndElement();
      }
      case NOT_CHECKED -> {
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", Printable.of(result.detail()));
      }
      case HELD -> {}
    }
    xml.writeEndElement();
  }
}
