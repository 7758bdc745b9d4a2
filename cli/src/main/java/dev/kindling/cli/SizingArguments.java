package dev.kindling.cli;

import dev.kindling.cluster.sizing.ClusterShape;
import dev.kindling.cluster.sizing.DeployMode;
import dev.kindling.cluster.sizing.Manager;
import dev.kindling.cluster.sizing.SizingRequest;
import dev.kindling.cluster.sizing.Workload;
import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What all commands that size a cluster take. */
final class SizingArguments {
  static final String NODES = "--nodes";
  static final String CORES = "--cores";
  static final String MEMORY = "--memory";

  private SizingArguments() {}

  static void add(CommandSpec spec) {
    addMachines(spec);
    spec.addOption(
        Arguments.text("--manager", "NAME", "yarn (default), kubernetes or standalone."));
    spec.addOption(
        Arguments.text(
            "--deploy-mode", "MODE", "Where the driver runs: cluster (default), client."));
  }

  /** Without what gives out executors, where that is known already. */
  static void addMachines(CommandSpec spec) {
    spec.addOption(Arguments.text(NODES, "N", "Machines that do the work."));
    spec.addOption(Arguments.text(CORES, "N", "Cores of each machine."));
    spec.addOption(Arguments.text(MEMORY, "SIZE", "Memory of each machine, such as 64g."));
    spec.addOption(
        Arguments.text("--data", "SIZE", "Input of a run, for streaming of one micro-batch: 1TB."));
    spec.addOption(Arguments.text("--workload", "KIND", "etl (default), ml or streaming."));
    spec.addOption(
        Arguments.text(
            "--overhead",
            "FACTOR",
            "Share of the heap beside it; default 0.10, Spark's own, and 0.20 for ml."));
    spec.addOption(
        Arguments.text("--off-heap", "SIZE", "Memory that Spark manages outside of the heap."));
    spec.addOption(
        Arguments.text("--system-cores", "N", "Cores of a machine kept from Spark; default 1."));
    spec.addOption(
        Arguments.text("--system-memory", "SIZE", "Memory kept from Spark; default 1g."));
  }

  /** Whether the machines are told, and not only the work. */
  static boolean hasNodes(ParseResult args) {
    return args.hasMatchedOption(NODES);
  }

  /**
   * The request of the options.
   *
   * @param data what is known about the amount of data, where {@code --data} is not given
   */
  static SizingRequest request(ParseResult args, OptionalLong data) {
    List<String> missing =
        Stream.of(NODES, CORES, MEMORY).filter(name -> !args.hasMatchedOption(name)).toList();
    if (!missing.isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot size a cluster without %s. Say what the machines are, such as --nodes 10 --cores 16 --memory 64g."
              .formatted(String.join(" and ", missing)));
    }
    return request(
        args,
        shape(args, (int) number(args, NODES).orElseThrow(), 0, 0),
        data,
        SizingRequest.SYSTEM_CORES);
  }

  /** The request of the options for a number of nodes yet to be said, with these as their size. */
  static SizingRequest request(ParseResult args, int cores, long memory, OptionalLong data) {
    return request(args, shape(args, 1, cores, memory), data, SizingRequest.SYSTEM_CORES);
  }

  /** The request of the options, where what they leave open is as these machines are. */
  static SizingRequest request(ParseResult args, ClusterShape usual, int systemCores) {
    int nodes = (int) number(args, NODES).orElse(usual.nodes());
    return request(
        args,
        shape(args, nodes, usual.coresPerNode(), usual.memoryPerNode()),
        OptionalLong.empty(),
        systemCores);
  }

  private static ClusterShape shape(ParseResult args, int nodes, int cores, long memory) {
    return new ClusterShape(
        nodes, (int) number(args, CORES).orElse(cores), size(args, MEMORY).orElse(memory));
  }

  private static SizingRequest request(
      ParseResult args, ClusterShape shape, OptionalLong known, int systemCores) {
    OptionalLong data = size(args, "--data");
    return new SizingRequest(
        shape,
        choice(args, "--workload", Workload.class).orElse(Workload.ETL),
        choice(args, "--manager", Manager.class).orElse(Manager.YARN),
        choice(args, "--deploy-mode", DeployMode.class).orElse(DeployMode.CLUSTER),
        data.isPresent() ? data : known,
        share(args, "--overhead"),
        wholeMib(size(args, "--off-heap").orElse(0)),
        (int) Arguments.number(args, "--system-cores", 0, 4096).orElse(systemCores),
        size(args, "--system-memory").orElse(SizingRequest.SYSTEM_MEMORY));
  }

  private static OptionalLong number(ParseResult args, String option) {
    return Arguments.number(args, option, 1, option.equals(NODES) ? 100_000 : 4096);
  }

  static OptionalLong size(ParseResult args, String option) {
    Optional<String> text = Arguments.text(args, option);
    return text.isPresent()
        ? OptionalLong.of(ByteSize.parse(text.get(), option))
        : OptionalLong.empty();
  }

  private static long wholeMib(long bytes) {
    return (bytes + ByteSize.MIB - 1) / ByteSize.MIB * ByteSize.MIB;
  }

  static <E extends Enum<E>> Optional<E> choice(ParseResult args, String option, Class<E> type) {
    return Arguments.text(args, option).map(text -> Arguments.choice(option, text, type));
  }

  /** A part of a whole, such as 0.1. */
  static OptionalDouble share(ParseResult args, String option) {
    Optional<String> text = Arguments.text(args, option);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text.get().strip()));
    } catch (NumberFormatException e) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot read %s '%s': expected a share, such as 0.1.".formatted(option, text.get()),
          e);
    }
  }
}
