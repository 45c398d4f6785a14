package org.resticmanager.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resticmanager.platform.Ids;
import org.resticmanager.repository.RepositoryId;

class PasswordRotationTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final PasswordRotation rotation = new PasswordRotation(new RepositoryId(Ids.next()));

  @Test
  void oldPasswordMayOpenFromTheSwitchUntilItIsSeenNotTo() {
    rotation.begin("admin", NOON);
    assertThat(state().oldPasswordOpens()).isFalse();

    rotation.switched(NOON.plusSeconds(1));
    assertThat(state().switchedAt()).contains(NOON.plusSeconds(1));
    assertThat(state().stepAt()).isEqualTo(NOON.plusSeconds(1));
    assertThat(state().oldPasswordOpens()).isTrue();

    rotation.end(RotationStep.KEY_LEFT, NOON.plusSeconds(2));
    assertThat(state().oldPasswordOpens()).isTrue();
    rotation.end(RotationStep.DONE, NOON.plusSeconds(3));
    assertThat(state().oldPasswordOpens()).isFalse();
    assertThat(state().step().open()).isFalse();
  }

  @Test
  void newOneKnowsNothingOfTheOneBefore() {
    rotation.begin("admin", NOON);
    rotation.switched(NOON);
    rotation.end(RotationStep.DONE, NOON);

    rotation.begin("other", NOON.plusSeconds(9));

    assertThat(state().switchedAt()).isEmpty();
    assertThat(state().beganBy()).isEqualTo("other");
    assertThat(state().step()).isEqualTo(RotationStep.ADDING);
    assertThat(rotation.job()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void stepsAreNamedAsInTheDatabase(RotationStep step) {
    assertThat(RotationStep.named(step.word())).isEqualTo(step);
    assertThat(step.word()).matches("[a-z]+(-[a-z]+)*");
  }

  private RotationState state() {
    return rotation.state(Optional.empty());
  }
}
