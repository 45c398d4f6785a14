package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.resticmanager.protocol.wire.AgentMessage;

class MessageHandlersTest {

  @Test
  void everyMessageOfAnAgentHasOneHandler() {
    MessageHandlers handlers = new MessageHandlers(allHandlers());

    assertThat(AgentMessage.class.getPermittedSubclasses()).allMatch(handlers::handles);
  }

  @Test
  void twoHandlersForOneMessageAreAMistake() {
    List<MessageHandler<?>> twice =
        List.of(new HeartbeatHandler(), new WireErrorHandler(), new HeartbeatHandler());

    assertThatThrownBy(() -> new MessageHandlers(twice)).hasMessageContaining("Heartbeat");
  }

  /** What the container will find: every bean that is a handler. */
  private static List<MessageHandler<?>> allHandlers() {
    List<MessageHandler<?>> handlers = new ArrayList<>();
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackagesOf(MessageHandler.class)) {
      if (found.isAssignableTo(MessageHandler.class)
          && found.isAnnotatedWith(ApplicationScoped.class)) {
        handlers.add(instance(found.reflect()));
      }
    }
    return handlers;
  }

  private static MessageHandler<?> instance(Class<?> type) {
    try {
      return (MessageHandler<?>) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
