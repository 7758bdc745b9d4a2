package dev.kindling.cli;

import dev.kindling.cluster.files.DeployFile;
import dev.kindling.cluster.files.DeployFiles;
import dev.kindling.cluster.files.DeployKind;
import dev.kindling.cluster.files.DeployOptions;
import dev.kindling.cluster.sizing.ClusterShape;
import dev.kindling.cluster.sizing.SizingRequest;
import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster files}: what sets up a cluster somewhere else. */
final class ClusterFilesCommand implements Command {
  // Small enough to try on one machine.
  private static final ClusterShape CONTAINERS = new ClusterShape(3, 2, 4 * ByteSize.GIB);
  private static final ClusterShape MACHINES = new ClusterShape(3, 16, 64 * ByteSize.GIB);

  @Override
  public Manual manual() {
    return Manual.of(
            "Print the files that set up a Spark cluster elsewhere.",
            """
            For Docker Compose, machines with systemd, Kubernetes, Amazon EMR, Google Dataproc or Azure
            Synapse: executors, memory and settings are those that 'kindling size' finds.
            """)
        .example("Print a file for Docker Compose", "kindling cluster files compose")
        .example(
            "Write the files of three machines with systemd",
            "kindling cluster files systemd --hosts a,b,c --to machines")
        .json("cluster-files")
        .see("reference/deploy-files.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .arity("0..1")
            .type(String.class)
            .paramLabel("KIND")
            .description("compose, systemd, kubernetes, emr, dataproc or synapse.")
            .build());
    SizingArguments.addMachines(spec);
    spec.addOption(
        Arguments.text("--hosts", "A,B,C", "The machines of systemd, the Master's first."));
    spec.addOption(
        Arguments.text("--namespace", "NAME", "The namespace of kubernetes; default spark."));
    spec.addOption(
        Arguments.text("--machine", "TYPE", "The type of emr's machines; default: by their size."));
    spec.addOption(
        Arguments.text("--spot", "SHARE", "The share of spot nodes of emr; default 0.5."));
    spec.addOption(Arguments.text("--to", "FOLDER", "Write the files there; none may exist."));
    spec.addOption(Arguments.flag("--force", "Write over files that exist."));
    spec.addOption(Arguments.output("text (default) or json."));
    return spec;
  }

  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public int run(ParseResult args, Console console) throws IOException {
    DeployKind kind = kind(args);
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    List<DeployFile> files = DeployFiles.of(kind, request(kind, args), options(args));
    Optional<String> folder = Arguments.text(args, "--to");
    if (folder.isPresent()) {
      write(files, Path.of(folder.get()), args.hasMatchedOption("--force"), console);
    } else if (form == Form.JSON) {
      console.out().println(json(files));
    } else {
      print(files, console);
    }
    return 0;
  }

  private static DeployKind kind(ParseResult args) {
    String name = args.matchedPositionalValue(0, "");
    if (name.isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "'kindling cluster files' needs a kind: "
              + Stream.of(DeployKind.values())
                  .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return Arguments.choice("KIND", name, DeployKind.class);
  }

  private static SizingRequest request(DeployKind kind, ParseResult args) {
    if (kind == DeployKind.SYSTEMD && args.hasMatchedOption(SizingArguments.NODES)) {
      throw new KindlingException(
          ErrorCode.USAGE, "--nodes does not go with systemd: --hosts says which machines.");
    }
    // A container has its cores to itself; the machine's own system has the others.
    int systemCores = kind == DeployKind.COMPOSE ? 0 : SizingRequest.SYSTEM_CORES;
    return SizingArguments.request(
        args, kind == DeployKind.COMPOSE ? CONTAINERS : MACHINES, systemCores);
  }

  private static DeployOptions options(ParseResult args) {
    return new DeployOptions(
        Arguments.text(args, "--hosts")
            .map(text -> Stream.of(text.split(",", -1)).map(String::strip).toList())
            .orElse(List.of()),
        Arguments.text(args, "--namespace").orElse("spark"),
        Arguments.text(args, "--machine"),
        SizingArguments.share(args, "--spot").orElse(0.5));
  }

  private static void print(List<DeployFile> files, Console console) {
    for (DeployFile file : files) {
      if (files.size() > 1) {
        console.out().println("### " + file.name());
      }
      console.out().print(file.content());
      if (files.size() > 1) {
        console.out().println();
      }
    }
    if (files.size() > 1) {
      console.say(files.size() + " files. --to FOLDER writes them one by one.");
    }
  }

  private static String json(List<DeployFile> files) {
    return JsonWriter.object(
        json -> {
          json.writeArrayFieldStart("files");
          for (DeployFile file : files) {
            json.writeStartObject();
            json.writeStringField("name", file.name());
            json.writeBooleanField("executable", file.executable());
            json.writeStringField("content", file.content());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void write(List<DeployFile> files, Path folder, boolean force, Console console)
      throws IOException {
    List<String> existing =
        files.stream()
            .map(DeployFile::name)
            .filter(name -> Files.exists(folder.resolve(name)))
            .toList();
    if (!existing.isEmpty() && !force) {
      throw new KindlingException(
          ErrorCode.OUTPUT_EXISTS,
          "Folder '%s' has %s already; nothing was written. Take another folder, or --force to write over them."
              .formatted(folder, String.join(", ", existing)));
    }
    Files.createDirectories(folder);
    for (DeployFile file : files) {
      Path path = folder.resolve(file.name());
      Files.writeString(path, file.content());
      if (file.executable() && !path.toFile().setExecutable(true)) {
        console.say("Cannot make " + path + " executable.");
      }
      console.out().println(path);
    }
  }
}
