package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.resticmanager.protocol.wire.AgentMessage;

class MessageHandlersTest {

  @Test
  void everyMessageOfAnAgentLeadsSomewhere() {
    MessageHandlers handlers = new MessageHandlers();

    assertThat(AgentMessage.class.getPermittedSubclasses()).allMatch(handlers::handles);
  }
}
