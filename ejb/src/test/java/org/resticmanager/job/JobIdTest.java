package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "17", "../../etc/passwd"})
  void whatIsNoIdIsNotOneOfTheHostsJobs(String text) {
    assertThatThrownBy(() -> JobId.ofAgent(text))
        .isInstanceOfSatisfying(
            NotYours.class, refusal -> assertThat(refusal.code()).isEqualTo("not_yours"));
  }

  @Test
  void anAgentsIdIsReadAsAnyOther() {
    String id = "01990000-0000-7000-8000-000000000000";
    assertThat(JobId.ofAgent(id)).isEqualTo(JobId.parse(id)).hasToString(id);
  }
}
