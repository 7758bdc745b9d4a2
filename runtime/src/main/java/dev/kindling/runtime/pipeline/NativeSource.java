package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.Source;
import dev.kindling.model.pipeline.OnBadRecord;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Read;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the embedded engine makes of a table that is read from files. */
public final class NativeSource {
  private NativeSource() {}

  /**
   * The source as the embedded engine reads it; empty when it does not.
   *
   * @param refusals gets the reasons then
   */
  public static Optional<Source> of(Pipeline pipeline, Read read, List<Refusal> refusals) {
    String path = pipeline.resolve(read.path());
    if (path.indexOf("://") > 0) {
      refusals.add(notRead(read, "the embedded engine reads local files, not " + path));
      return Optional.empty();
    }
    switch (read.format()) {
      case "parquet" -> {
        if (read.schema().isPresent() || !read.options().isEmpty()) {
          refusals.add(
              notRead(read, "a Parquet source with a declared schema or options is read by Spark"));
          return Optional.empty();
        }
        return Optional.of(new Source.Parquet(Path.of(path)));
      }
      case "csv" -> {
        if (read.schema().isEmpty()) {
          refusals.add(
              notRead(read, "a CSV source without a schema is read by Spark, which infers one"));
          return Optional.empty();
        }
        return Optional.of(
            new Source.Csv(
                Path.of(path), read.schema().get(), read.options(), mode(read.onBadRecord())));
      }
      default -> {
        refusals.add(notRead(read, "the embedded engine has no reader for " + read.format()));
        return Optional.empty();
      }
    }
  }

  private static Source.BadRecords mode(OnBadRecord mode) {
    return switch (mode) {
      case FAIL -> Source.BadRecords.FAIL;
      case QUARANTINE -> Source.BadRecords.QUARANTINE;
      case PERMISSIVE -> Source.BadRecords.PERMISSIVE;
      // Counted like those that are kept: the run says how many it left out.
      case DROP -> Source.BadRecords.QUARANTINE;
    };
  }

  private static Refusal notRead(Read read, String why) {
    return Refusal.of(RefusalCode.SOURCE_NOT_SUPPORTED, "format: " + read.format(), why);
  }
}
