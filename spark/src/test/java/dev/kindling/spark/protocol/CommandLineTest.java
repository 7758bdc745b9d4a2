package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.process.SparkInstallation;
import java.util.Arrays;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  @Test
  void opensWhatSparkItselfOpens() {
    assertThat(SparkInstallation.moduleOptions())
        .containsAll(
            Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
                .filter(option -> option.startsWith("--add-opens="))
                .toList());
  }
}
