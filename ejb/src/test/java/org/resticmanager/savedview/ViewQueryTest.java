package org.resticmanager.savedview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resticmanager.platform.Invalid;

class ViewQueryTest {

  @ParameterizedTest
  @CsvSource({
    "health=failing, health=failing",
    "?health=failing&page=3, health=failing",
    "sort=urgency&tag=berlin&q=&health=, tag=berlin&sort=urgency",
    "q=+w%C3%A4b%26co+, q=w%C3%A4b%26co",
    "q=a&health=at-risk&state=online&tag=b&sort=seen, q=a&health=at-risk&state=online&tag=b&sort=seen",
  })
  void sameViewIsAlwaysWrittenTheSame(String given, String written) {
    ViewQuery query = ViewQuery.parse(given).require();

    assertThat(query.text()).isEqualTo(written);
    assertThat(ViewQuery.parse(written)).isEqualTo(query);
  }

  @ParameterizedTest
  @CsvSource({
    "color=red, 'must give q, health, state, tag and sort, each at most once'",
    "health, 'must give q, health, state, tag and sort, each at most once'",
    "tag=a&tag=b, 'must give q, health, state, tag and sort, each at most once'",
    "q=%zz, must be written as in an address",
    "health=splendid, must have values that the list of hosts knows",
    "state=asleep, must have values that the list of hosts knows",
    "sort=size, must have values that the list of hosts knows",
    "page=2, must not be empty",
    "q=+, must not be empty",
    "'', must not be empty",
  })
  void whatIsNoViewIsRefusedWithTheReason(String given, String reason) {
    assertThatThrownBy(() -> ViewQuery.parse(given).require())
        .isInstanceOf(Invalid.class)
        .hasMessage("query " + reason + ".");
  }

  @Test
  void viewThatIsTooLongIsRefused() {
    ViewQuery query = new ViewQuery("ä".repeat(200), "", "", "", "");

    assertThatThrownBy(query::require).hasMessage("query must not be longer than 1000 characters.");
  }
}
