package org.resticmanager.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditCsvTest {

  @Test
  void plainTextStaysAsItIs() {
    assertThat(AuditCsv.cell("db/nightly")).isEqualTo("db/nightly");
    assertThat(AuditCsv.cell("")).isEmpty();
  }

  @Test
  void whatWouldEndACellIsQuoted() {
    assertThat(AuditCsv.cell("{\"a\":1,\"b\":2}")).isEqualTo("\"{\"\"a\"\":1,\"\"b\"\":2}\"");
    assertThat(AuditCsv.cell("two\nlines")).isEqualTo("\"two\nlines\"");
  }

  @Test
  void noSpreadsheetCalculatesWhatAHostIsCalled() {
    assertThat(AuditCsv.cell("=HYPERLINK(\"http://x\")"))
        .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\")\"");
    assertThat(AuditCsv.cell("@SUM(1)")).isEqualTo("'@SUM(1)");
    assertThat(AuditCsv.cell("-1")).isEqualTo("'-1");
  }
}
