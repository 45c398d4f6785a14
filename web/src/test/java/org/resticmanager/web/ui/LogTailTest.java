package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTailTest {

  @Test
  void hostileLinesPassThroughXmlAndScriptsAsPlainAscii() {
    assertThat(LogTail.ascii("\"</script>]]>&amp; é👍\""))
        .isEqualTo("\"\\u003c/script\\u003e]]\\u003e\\u0026amp; \\u00e9\\ud83d\\udc4d\"");
  }
}
