package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.record.SettingRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSettingsTest {
  private static final String STANDALONE = "spark://host:7077";

  private static List<String> names(String master, Map<String, String> given) {
    return TargetSettings.of(master, given).stream().map(SettingRecord::name).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {STANDALONE, "k8s://https://host:6443", "yarn"})
  void everySettingHasAReason(String master) {
    List<SettingRecord> decided = TargetSettings.of(master, Map.of());
    assertThat(decided)
        .extracting(SettingRecord::name)
        .contains(
            "spark.dynamicAllocation.enabled",
            "spark.dynamicAllocation.shuffleTracking.enabled",
            "spark.decommission.enabled",
            "spark.speculation")
        .doesNotHaveDuplicates();
    assertThat(decided).allSatisfy(setting -> assertThat(setting.why()).hasSizeGreaterThan(20));
  }

  @Test
  void aMasterOfThisMachineNeedsNone() {
    assertThat(names("local[4]", Map.of())).isEmpty();
  }

  @Test
  void whatTheUserGaveIsNotDecided() {
    Map<String, String> given =
        Map.of("spark.speculation", "false", "spark.decommission.enabled", "false");
    assertThat(names(STANDALONE, given))
        .noneMatch(name -> name.startsWith("spark.speculation"))
        .doesNotContain("spark.decommission.enabled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.dynamicAllocation.enabled=false", "spark.executor.instances=4"})
  void aFixedNumberOfExecutorsStaysFixed(String setting) {
    String[] parts = setting.split("=");
    assertThat(names(STANDALONE, Map.of(parts[0], parts[1])))
        .noneMatch(name -> name.startsWith("spark.dynamicAllocation"));
  }

  @Test
  void aShuffleServiceNeedsNoTracking() {
    assertThat(names("yarn", Map.of("spark.shuffle.service.enabled", "true")))
        .contains("spark.dynamicAllocation.enabled")
        .noneMatch(name -> name.contains("shuffleTracking"));
  }
}
