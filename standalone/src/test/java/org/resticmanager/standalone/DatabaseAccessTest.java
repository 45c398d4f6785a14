package org.resticmanager.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseAccessTest {

  @Test
  void theApplicationWaitsForAnAnswerForAWhileOnly() {
    assertThat(urlForApplication("jdbc:postgresql://db/rm"))
        .isEqualTo("jdbc:postgresql://db/rm?socketTimeout=300&tcpKeepAlive=true");
  }

  @Test
  void whatTheUrlSaysCounts() {
    assertThat(urlForApplication("jdbc:postgresql://db/rm?ssl=true&socketTimeout=60"))
        .isEqualTo("jdbc:postgresql://db/rm?ssl=true&socketTimeout=60&tcpKeepAlive=true");
    assertThat(urlForApplication("jdbc:postgresql://db/rm?tcpKeepAlive=false"))
        .isEqualTo("jdbc:postgresql://db/rm?tcpKeepAlive=false&socketTimeout=300");
  }

  private static String urlForApplication(String url) {
    return new DatabaseAccess(url, "someone", "secret").urlForApplication();
  }
}
