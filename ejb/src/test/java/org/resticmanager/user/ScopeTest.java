package org.resticmanager.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resticmanager.host.Sight;
import org.resticmanager.host.Tags;

class ScopeTest {

  @ParameterizedTest
  @CsvSource({
    "READ, ADMIN, viewer",
    "READ, VIEWER, viewer",
    "OPERATE, ADMIN, operator fleet-operator viewer",
    "OPERATE, OPERATOR, operator fleet-operator viewer",
    "OPERATE, RESTORE_OPERATOR, viewer",
    "OPERATE, VIEWER, viewer",
    "RESTORE, ADMIN, restore-operator viewer",
    "RESTORE, OPERATOR, viewer",
    "RESTORE, RESTORE_OPERATOR, restore-operator viewer",
    "ADMIN, ADMIN, admin operator fleet-operator restore-operator viewer",
    "ADMIN, OPERATOR, operator fleet-operator viewer",
    "ADMIN, VIEWER, viewer"
  })
  void tokenMayDoWhatBothItsScopeAndItsPersonMay(Scope scope, Role role, String groups) {
    assertThat(scope.groups(role)).isEqualTo(Set.of(groups.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "ADMIN, ADMIN, true",
    "ADMIN, OPERATOR, false",
    "OPERATE, OPERATOR, true",
    "RESTORE, OPERATOR, false",
    "OPERATE, RESTORE_OPERATOR, false",
    "RESTORE, RESTORE_OPERATOR, true",
    "READ, VIEWER, true",
    "OPERATE, VIEWER, false"
  })
  void nobodyGivesWhatTheyDoNotHave(Scope scope, Role role, boolean within) {
    assertThat(scope.within(role)).isEqualTo(within);
  }

  @Test
  void whoIsLimitedToTagsIsNoFleetOperator() {
    Sight limited = Sight.within(Tags.of(List.of("berlin")));
    assertThat(Role.OPERATOR.groups(limited)).containsExactlyInAnyOrder("operator", "viewer");
    assertThat(Role.OPERATOR.groups(Sight.EVERYTHING)).contains("fleet-operator");
  }
}
