package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  @Test
  void opensWhatSparkItselfOpens() {
    assertThat(CommandLine.OPENS)
        .containsExactlyElementsOf(
            Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
                .filter(option -> option.startsWith("--add-opens="))
                .map(option -> option.substring("--add-opens=".length()).split("=")[0])
                .toList());
  }
}
