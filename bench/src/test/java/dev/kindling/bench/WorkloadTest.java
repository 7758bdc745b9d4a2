package dev.kindling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
  @ParameterizedTest
  @EnumSource(Workload.class)
  void queriesHaveNamesOfTheirOwn(Workload workload) {
    assertThat(workload.queries()).extracting(Workload.Query::name).doesNotHaveDuplicates();
  }

  @Test
  void functionsAreWorkedOutForEveryRow() {
    assertThat(Workload.FUNCTIONS.query("upper").sql())
        .isEqualTo("SELECT max(upper(l_comment)) FROM lineitem");
    assertThat(Workload.FUNCTIONS.query("avg_decimal").sql())
        .isEqualTo("SELECT avg(l_extendedprice) FROM lineitem");
  }
}
