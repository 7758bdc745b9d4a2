package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.record.SettingRecord;
import java.util.List;

/**
 * The session is up.
 *
 * @param sparkVersion such as 4.0.1
 * @param javaVersion the child's {@code java.version}
 * @param millis from the start of the child's virtual machine until now
 * @param decided settings that the application has because of its target, under those of the launch
 */
public record Ready(
    String sparkVersion, String javaVersion, long millis, List<SettingRecord> decided)
    implements Message {
  public Ready {
    requireNonNull(sparkVersion, "sparkVersion is null");
    requireNonNull(javaVersion, "javaVersion is null");
    decided = List.copyOf(decided);
  }
}
