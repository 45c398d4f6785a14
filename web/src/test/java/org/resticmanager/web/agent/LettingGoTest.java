package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LettingGoTest {

  private final List<String> done = new ArrayList<>();
  private final LettingGo handler = new LettingGo();

  @Test
  void doesWhatTheOtherHandlerDoesUntilTheConnectionIsClosed() {
    handler.become(
        new HttpUpgradeHandler() {
          @Override
          public void init(WebConnection connection) {
            done.add("began");
          }

          @Override
          public void destroy() {
            done.add("ended");
          }
        });

    handler.init(null);
    handler.destroy();
    handler.destroy(); // servers may say so twice

    assertThat(done).containsExactly("began", "ended");
    assertThat(handler).hasAllNullFieldsOrProperties();
  }
}
