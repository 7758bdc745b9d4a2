package dev.kindling.runtime.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.model.Redaction;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Expectation;
import dev.kindling.model.pipeline.Param;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Query;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.Write;
import dev.kindling.model.pipeline.WriteMode;
import dev.kindling.storage.FileStamps;
import dev.kindling.storage.hdfs.Hdfs;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What one table's rows come from, apart from the tables that it reads. */
final class Origin {
  // Spark's parser turns these into the time of the parsing, which leaves no trace in the plan.
  private static final Pattern TIME_WORDS =
      Pattern.compile("['\"]\\s*(now|today|tomorrow|yesterday)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern QUERY = Pattern.compile("\\bselect\\b", Pattern.CASE_INSENSITIVE);

  private final Pipeline pipeline;
  private final Table table;

  Origin(Pipeline pipeline, Table table) {
    this.pipeline = pipeline;
    this.table = table;
  }

  /** Why nobody can know whether its rows are the same again; empty when one can. */
  Optional<String> never() {
    if (table.definition() instanceof Read) {
      if (Inputs.folder(pipeline, table).isEmpty()) {
        return Optional.of("its files are not on this machine");
      }
    } else if (!(table.definition() instanceof Query)) {
      return Optional.of("a class computes it");
    }
    for (String text : texts()) {
      if (TIME_WORDS.matcher(text).find()) {
        return Optional.of("its SQL asks for the time");
      }
      if (text.contains("_metadata")) {
        return Optional.of("its SQL may look at its files' times");
      }
    }
    if (table.expectations().stream().anyMatch(Origin::hasQuery)) {
      return Optional.of("an expectation about its rows has a query");
    }
    if (table.write().isPresent()) {
      Write write = table.write().get();
      if (write.mode() == WriteMode.APPEND) {
        return Optional.of("each run appends its rows");
      }
      if (Hdfs.isPath(pipeline.resolve(write.path()))) {
        return Optional.of("its output is not on this machine");
      }
    }
    return Optional.empty();
  }

  // Which tables such a query reads is not known before it is analysed.
  private static boolean hasQuery(Expectation rule) {
    return rule instanceof Expectation.Check check && QUERY.matcher(check.sql()).find();
  }

  /** A fingerprint of what the pipeline file says about it, places left out. */
  String definition() {
    List<String> parts = new ArrayList<>();
    if (table.definition() instanceof Read read) {
      parts.add(read.format());
      parts.add(pipeline.resolve(read.path()));
      parts.add(read.schema().orElse(""));
      parts.add(read.onBadRecord().name());
      options(read.options(), parts);
    }
    parts.addAll(texts());
    for (Expectation rule : table.expectations()) {
      parts.add(rule.describe());
      parts.add(rule.onViolation().name());
    }
    if (table.write().isPresent()) {
      Write write = table.write().get();
      parts.add(write.format());
      parts.add(pipeline.resolve(write.path()));
      parts.add(write.mode().name());
      parts.addAll(write.partitionBy());
      options(write.options(), parts);
    }
    return hash(parts);
  }

  private static void options(Map<String, String> options, List<String> parts) {
    parts.add(Integer.toString(options.size()));
    // A fingerprint of a password would let others try passwords.
    Redaction.redact(options)
        .forEach(
            (name, value) -> {
              parts.add(name);
              parts.add(value);
            });
  }

  /** All SQL of the user's about the table, and the parameters that it may use. */
  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    if (table.definition() instanceof Query query) {
      texts.add(query.sql());
    }
    for (Expectation rule : table.expectations()) {
      if (rule instanceof Expectation.Check check) {
        texts.add(check.sql());
      } else if (rule instanceof Expectation.Query query) {
        texts.add(query.sql());
      }
    }
    if (texts.stream().anyMatch(text -> text.contains(":"))) {
      for (Param param : pipeline.params().values()) {
        texts.add(param.name() + "=" + param.sqlLiteral());
      }
    }
    return texts;
  }

  /**
   * The fingerprint of the files that it reads itself; empty for none.
   *
   * @param never gets why there is none, where there should be one
   */
  Optional<String> files(List<String> never) {
    Optional<Path> folder = Inputs.folder(pipeline, table);
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<String> stamp = FileStamps.ofInput(folder.get());
      if (stamp.isEmpty()) {
        never.add("its files were being changed when they were read, or are too many");
      }
      return stamp;
    } catch (KindlingException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      // Whoever reads them tells what is wrong.
      never.add("its files could not be looked at");
      return Optional.empty();
    }
  }

  /** A hash of texts; other texts, or the same ones cut elsewhere, have another one. */
  static String hash(List<String> texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
