package dev.kindling.cluster.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.ByteSize;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.package$;
import org.apache.spark.memory.UnifiedMemoryManager;
import org.apache.spark.memory.UnifiedMemoryManager$;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is called Spark's own is what Spark's classes say. */
class SparksOwnFiguresTest {
  private static final package$ CONFIG = package$.MODULE$;

  @ParameterizedTest
  @ValueSource(longs = {450, 512, 1024, 10_240, 19_456, 65_536, 300_000})
  void sparksMemoryManagerDividesTheHeapAlike(long mib) {
    MemoryRegions regions = MemoryRegions.of(mib * ByteSize.MIB);
    SparkConf conf =
        new SparkConf(false)
            .set("spark.testing.memory", String.valueOf(mib * ByteSize.MIB))
            .set("spark.testing.reservedMemory", String.valueOf(SparkMemory.RESERVED));
    UnifiedMemoryManager manager = UnifiedMemoryManager$.MODULE$.apply(conf, 1);

    assertThat(manager.maxHeapMemory()).isEqualTo(regions.unified());
  }

  @Test
  void defaultsAreThoseOfSpark() {
    assertThat(value(CONFIG.MEMORY_FRACTION())).isEqualTo("" + SparkMemory.FRACTION);
    assertThat(value(CONFIG.MEMORY_STORAGE_FRACTION()))
        .isEqualTo("" + SparkMemory.STORAGE_FRACTION);
    assertThat(value(CONFIG.EXECUTOR_MEMORY_OVERHEAD_FACTOR()))
        .isEqualTo("" + SparkMemory.OVERHEAD_FACTOR);
    assertThat(bytes(CONFIG.EXECUTOR_MIN_MEMORY_OVERHEAD())).isEqualTo(SparkMemory.LEAST_OVERHEAD);
    assertThat(bytes(CONFIG.EXECUTOR_MEMORY())).isEqualTo(SparkMemory.DEFAULT_HEAP);
    assertThat(bytes(CONFIG.DRIVER_MEMORY())).isEqualTo(SparkMemory.DEFAULT_HEAP);
    assertThat(value(CONFIG.MEMORY_OFFHEAP_ENABLED())).isEqualTo("false");
    assertThat(new SparkConf(false).getInt("spark.resultGetter.threads", 4))
        .isEqualTo(Driver.MOST_CORES);
    assertThat(SQLConf.SHUFFLE_PARTITIONS().defaultValueString())
        .isEqualTo("" + SparkMemory.SHUFFLE_PARTITIONS);
    assertThat(ByteSize.parse(SQLConf.FILES_MAX_PARTITION_BYTES().defaultValueString(), "default"))
        .isEqualTo(SparkMemory.INPUT_PARTITION);
  }

  @Test
  void everySettingIsOneThatSparkKnowsAndReads() {
    Sizing sizing = Sizing.of(SizingRequest.of(new ClusterShape(10, 16, 64 * ByteSize.GIB)));
    SparkConf conf = new SparkConf(false);
    for (Map.Entry<String, String> setting : Settings.of(sizing).entrySet()) {
      conf.set(setting.getKey(), setting.getValue());
    }

    assertThat(conf.getSizeAsMb("spark.executor.memory")).isEqualTo(19_456);
    assertThat(conf.get(CONFIG.EXECUTOR_MEMORY())).isEqualTo(19_456L);
    assertThat(conf.get(CONFIG.EXECUTOR_MEMORY_OVERHEAD()).get()).isEqualTo(1946L);
    assertThat(conf.get(CONFIG.EXECUTOR_CORES())).isEqualTo(5);
    assertThat(conf.get(CONFIG.DRIVER_MEMORY())).isEqualTo(4096L);
    assertThat(conf.get(CONFIG.MAX_RESULT_SIZE())).isEqualTo(ByteSize.GIB);
    assertThat(conf.get(CONFIG.DYN_ALLOCATION_MAX_EXECUTORS())).isEqualTo(29);
    assertThat(conf.get(CONFIG.DYN_ALLOCATION_SHUFFLE_TRACKING_ENABLED())).isEqualTo(true);
    // Spark reads this one by its bare name.
    conf.remove("spark.default.parallelism");
    for (scala.Tuple2<String, String> setting : conf.getAll()) {
      assertThat(ConfigEntry.findEntry(setting._1())).as(setting._1()).isNotNull();
    }
  }

  private static String value(ConfigEntry<?> entry) {
    return entry.defaultValueString();
  }

  private static long bytes(ConfigEntry<?> entry) {
    return ByteSize.parse(entry.defaultValueString(), entry.key());
  }
}
