package dev.kindling.cluster.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SizingTest {
  private static final long GIB = ByteSize.GIB;
  private static final long MIB = ByteSize.MIB;

  private static SizingRequest request(int nodes, int cores, long memory) {
    return SizingRequest.of(new ClusterShape(nodes, cores, memory));
  }

  private static SizingRequest request(
      int nodes, int cores, long memory, Workload workload, Manager manager, DeployMode mode) {
    return new SizingRequest(
        new ClusterShape(nodes, cores, memory),
        workload,
        manager,
        mode,
        OptionalLong.empty(),
        OptionalDouble.empty(),
        0,
        SizingRequest.SYSTEM_CORES,
        SizingRequest.SYSTEM_MEMORY);
  }

  @Test
  void reproducesTheClassicalExampleOfTenNodes() {
    Sizing sizing = Sizing.of(request(10, 16, 64 * GIB));

    assertThat(sizing.division().coresPerExecutor()).isEqualTo(5);
    assertThat(sizing.division().placesPerNode()).isEqualTo(3);
    assertThat(sizing.division().places()).isEqualTo(30);
    assertThat(sizing.division().executors()).isEqualTo(29);
    assertThat(sizing.division().placeMemory()).isEqualTo(21 * GIB);
    assertThat(sizing.memory().heap()).isEqualTo(19 * GIB);
    assertThat(sizing.memory().overhead()).isEqualTo(1946 * MIB);
    assertThat(sizing.partitions().slots()).isEqualTo(145);
  }

  @Test
  void reproducesTheRulesOwnExampleOfSixNodes() {
    Sizing sizing = Sizing.of(request(6, 16, 64 * GIB));

    assertThat(sizing.division().executors()).isEqualTo(17);
    assertThat(Settings.of(sizing))
        .containsEntry("spark.executor.cores", "5")
        .containsEntry("spark.executor.memory", "19g");
  }

  @ParameterizedTest
  @CsvSource({"0.07", "0.10"})
  void sevenAndTenPercentGiveTheSameHeapThere(double factor) {
    SizingRequest request =
        new SizingRequest(
            new ClusterShape(10, 16, 64 * GIB),
            Workload.ETL,
            Manager.YARN,
            DeployMode.CLUSTER,
            OptionalLong.empty(),
            OptionalDouble.of(factor),
            0,
            1,
            GIB);

    assertThat(Sizing.of(request).memory().heap()).isEqualTo(19 * GIB);
  }

  @Test
  void dividesTenGigabytesAsSparksPageDoes() {
    MemoryRegions regions = MemoryRegions.of(10 * GIB);

    assertThat(regions.reserved()).isEqualTo(300 * MIB);
    assertThat(regions.unified()).isCloseTo(5964 * MIB, within(MIB));
    assertThat(regions.storage()).isCloseTo(2982 * MIB, within(MIB));
    assertThat(regions.execution()).isCloseTo(2982 * MIB, within(MIB));
    assertThat(regions.user()).isCloseTo(3976 * MIB, within(MIB));
    assertThat(regions.reserved() + regions.unified() + regions.user()).isEqualTo(10 * GIB);
  }

  @ParameterizedTest
  @CsvSource({
    // cores of a node, cores per executor, executors per node
    "16, 5, 3",
    "8, 3, 2",
    "4, 3, 1",
    "3, 2, 1",
    "2, 1, 1",
    "12, 5, 2",
    "14, 4, 3",
    "32, 5, 6",
    "64, 3, 21",
    "96, 5, 19"
  })
  void leavesFewCoresIdle(int cores, int perExecutor, int perNode) {
    Division division = Sizing.of(request(10, cores, 4L * cores * GIB)).division();

    assertThat(division.coresPerExecutor()).isEqualTo(perExecutor);
    assertThat(division.placesPerNode()).isEqualTo(perNode);
    assertThat(division.idleCores()).isEqualTo(cores - 1 - perExecutor * perNode);
  }

  @Test
  void oneNodeGetsSmallExecutorsRatherThanNone() {
    Division division = Sizing.of(request(1, 4, 16 * GIB)).division();

    assertThat(division.coresPerExecutor()).isEqualTo(1);
    assertThat(division.executors()).isEqualTo(2);
  }

  @Test
  void littleMemoryMakesFewerExecutors() {
    Sizing sizing = Sizing.of(request(4, 16, 4 * GIB));

    assertThat(sizing.division().placesPerNode()).isEqualTo(2);
    assertThat(sizing.memory().heap()).isGreaterThanOrEqualTo(GIB);
    assertThat(Warnings.of(sizing))
        .anyMatch(warning -> warning.contains("joins and sorts will spill"));
  }

  @Test
  void dataDecidesThePartitionsWhereThereIsMuch() {
    Sizing sizing = Sizing.of(request(10, 16, 64 * GIB).withData(ByteSize.TIB));
    Partitions partitions = sizing.partitions();

    assertThat(partitions.input()).hasValue(8192);
    assertThat(partitions.waves(8192)).isEqualTo(57);
    assertThat(partitions.shuffle()).isEqualTo(57 * 145);
    assertThat(partitions.bound()).isEqualTo(Partitions.Bound.DATA);
    assertThat(Sizing.of(request(10, 16, 64 * GIB).withData(MIB)).partitions().shuffle())
        .isEqualTo(3 * 145);
  }

  @Test
  void partitionsShrinkWhereTasksHaveLittleMemory() {
    Partitions partitions = Sizing.of(request(10, 16, 8 * GIB).withData(ByteSize.TIB)).partitions();

    assertThat(partitions.targetBytes()).isLessThan(128 * MIB);
    assertThat(partitions.targetBytes() * Partitions.GROWTH)
        .isLessThanOrEqualTo(partitions.executionPerTask());
  }

  @Test
  void formulasAreTheOnesThatDecide() {
    Sizing small = Sizing.of(request(3, 4, 4 * GIB));
    Sizing large = Sizing.of(request(10, 16, 64 * GIB));

    assertThat(Figures.of(small)).anyMatch(f -> f.formula().contains("3 GB less 384 MB"));
    assertThat(small.memory().heap()).isEqualTo(3 * GIB - 384 * MIB);
    assertThat(Figures.of(large)).anyMatch(f -> f.formula().contains("21 GB / (1 + 0.1)"));
  }

  @Test
  void standaloneClusterCountsCoresAndHeapsOnly() {
    Sizing sizing =
        Sizing.of(request(3, 16, 64 * GIB, Workload.ML, Manager.STANDALONE, DeployMode.CLIENT));

    assertThat(sizing.division().executors()).isEqualTo(9);
    assertThat(Settings.of(sizing))
        .containsEntry("spark.cores.max", "45")
        .containsEntry("spark.dynamicAllocation.enabled", "false")
        .doesNotContainKeys(
            "spark.executor.memoryOverhead", "spark.executor.instances", "spark.driver.cores");
  }

  @Test
  void workloadsDifferWhereTheyShould() {
    Sizing streaming =
        Sizing.of(request(10, 16, 64 * GIB, Workload.STREAMING, Manager.YARN, DeployMode.CLUSTER));
    Sizing ml = Sizing.of(request(10, 16, 64 * GIB, Workload.ML, Manager.YARN, DeployMode.CLUSTER));

    assertThat(streaming.partitions().shuffle()).isEqualTo(145);
    assertThat(streaming.allocation()).isInstanceOf(Allocation.Fixed.class);
    assertThat(Settings.of(streaming))
        .containsEntry("spark.executor.instances", "29")
        .doesNotContainKey("spark.default.parallelism");
    assertThat(ml.memory().heap()).isEqualTo(17 * GIB);
    assertThat(ml.driver().heap()).isEqualTo(8 * GIB);
  }

  @Test
  void offHeapMemoryComesOutOfThePlace() {
    SizingRequest request =
        new SizingRequest(
            new ClusterShape(10, 16, 64 * GIB),
            Workload.ETL,
            Manager.YARN,
            DeployMode.CLUSTER,
            OptionalLong.empty(),
            OptionalDouble.empty(),
            4 * GIB,
            1,
            GIB);
    Sizing sizing = Sizing.of(request);

    assertThat(sizing.memory().total()).isLessThanOrEqualTo(21 * GIB);
    assertThat(Settings.of(sizing))
        .containsEntry("spark.memory.offHeap.enabled", "true")
        .containsEntry("spark.memory.offHeap.size", "4g");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | 16    | 64 | Cannot size a cluster with --nodes 0 (accepted: 1 to 100000).
          10  | 0     | 64 | Cannot size a cluster with --cores 0 (accepted: 1 to 4096).
          10  | -4    | 64 | Cannot size a cluster with --cores -4 (accepted: 1 to 4096).
          10  | 99999 | 64 | Cannot size a cluster with --cores 99999 (accepted: 1 to 4096).
          10  | 16    | 0  | A node with 0 B of memory is not possible (accepted for --memory: up to 1024t).
          10  | 1     | 64 | A node with 1 core has none left for Spark: 1 is kept for the operating system (accepted for --cores: 2 and more).
          10  | 16    | 2  | A node with 2.0 GB of memory has no place for an executor: 1.0 GB is kept for the operating system, and an executor takes at least 1.4 GB (accepted for --memory: 2432m and more).
          1   | 2     | 64 | 1 node with 2 cores and 64 GB has one place, and that is the driver's: none is left for an executor. Take more or larger nodes, or a driver outside of the cluster: --manager standalone --deploy-mode client.
          """)
  void namesWhatIsWrongWithTheNodes(int nodes, int cores, long gib, String message) {
    assertThatThrownBy(() -> Sizing.of(request(nodes, cores, gib * GIB)))
        .isInstanceOf(KindlingException.class)
        .hasMessage(message)
        .extracting(e -> ((KindlingException) e).code())
        .isEqualTo(ErrorCode.USAGE);
  }

  @Test
  void refusesNoDataAndHeapsThatSparkDoesNotStartWith() {
    assertThatThrownBy(() -> request(10, 16, 64 * GIB).withData(0)).hasMessageContaining("no data");
    assertThatThrownBy(() -> MemoryRegions.of(449 * MIB)).hasMessageContaining("at least 450m");
    assertThat(MemoryRegions.of(450 * MIB).unified()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Manager.class)
  void everySizingFitsIntoItsNodes(Manager manager) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int sized = 0;
    for (int round = 0; round < 600; round++) {
      SizingRequest request =
          new SizingRequest(
              new ClusterShape(
                  1 + random.nextInt(200),
                  1 + random.nextInt(128),
                  (1 + random.nextInt(1 << 20)) * MIB),
              Workload.values()[random.nextInt(3)],
              manager,
              DeployMode.values()[random.nextInt(2)],
              random.nextBoolean()
                  ? OptionalLong.of(1 + (random.nextLong() >>> 14))
                  : OptionalLong.empty(),
              random.nextBoolean()
                  ? OptionalDouble.of(random.nextInt(100) / 100.0)
                  : OptionalDouble.empty(),
              random.nextInt(4) * 512 * MIB,
              random.nextInt(3),
              random.nextInt(4096) * MIB);
      Sizing sizing;
      try {
        sizing = Sizing.of(request);
      } catch (KindlingException e) {
        assertThat(e.code()).as("seed %d: %s", seed, request).isEqualTo(ErrorCode.USAGE);
        continue;
      }
      sized++;
      check(sizing, seed);
    }
    assertThat(sized).as("seed %d", seed).isGreaterThan(200);
  }

  private static void check(Sizing sizing, long seed) {
    SizingRequest request = sizing.request();
    Division division = sizing.division();
    ExecutorMemory memory = sizing.memory();
    String what = "seed %d: %s".formatted(seed, sizing);
    assertThat(division.executors()).as(what).isPositive();
    assertThat(division.placesPerNode() * division.coresPerExecutor() + division.idleCores())
        .as(what)
        .isEqualTo(request.shape().coresPerNode() - request.systemCores());
    assertThat(memory.total()).as(what).isLessThanOrEqualTo(memory.place());
    assertThat(memory.place() * division.placesPerNode() + request.systemMemory())
        .as(what)
        .isLessThanOrEqualTo(request.shape().memoryPerNode());
    assertThat(memory.heap()).as(what).isGreaterThanOrEqualTo(SparkMemory.LEAST_HEAP);
    assertThat(sizing.driver().heap() + sizing.driver().overhead())
        .as(what)
        .isLessThanOrEqualTo(memory.place());
    assertThat(sizing.partitions().shuffle() % sizing.partitions().slots()).as(what).isZero();
    assertThat(Figures.of(sizing)).as(what).noneMatch(figure -> figure.formula().contains("%s"));
    assertThat(Figures.of(sizing).stream().flatMap(figure -> figure.settings().stream()).toList())
        .as(what)
        .containsExactlyInAnyOrderElementsOf(Settings.of(sizing).keySet());
    assertThat(SizingText.of(sizing)).as(what).isNotEmpty();
  }
}
