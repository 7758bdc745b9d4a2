package dev.kindling.cluster.files;

import dev.kindling.cluster.sizing.Amounts;
import dev.kindling.cluster.sizing.ClusterShape;
import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.Map;

/** The machines of Amazon EC2 by their sizes. */
final class Ec2Machines {
  /** Families by GB of memory per core. */
  private static final Map<Long, String> FAMILIES = Map.of(2L, "c6i", 4L, "m6i", 8L, "r6i");

  private static final Map<Integer, String> SIZES =
      Map.of(
          4,
          "xlarge",
          8,
          "2xlarge",
          16,
          "4xlarge",
          32,
          "8xlarge",
          48,
          "12xlarge",
          64,
          "16xlarge",
          96,
          "24xlarge",
          128,
          "32xlarge");

  private Ec2Machines() {}

  /**
   * The type that has just these cores and this memory.
   *
   * @throws KindlingException USAGE when there is none
   */
  static String type(ClusterShape shape) {
    long gib = shape.memoryPerNode() / ByteSize.GIB;
    String family =
        gib % shape.coresPerNode() == 0 ? FAMILIES.get(gib / shape.coresPerNode()) : null;
    String size = SIZES.get(shape.coresPerNode());
    if (family == null || size == null) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "No EC2 machine is known with %d cores and %s (known: 4, 8, 16, 32, 48, 64, 96 or 128 cores with 2, 4 or 8 GB each, such as --cores 16 --memory 64g). Say yours: --machine TYPE."
              .formatted(shape.coresPerNode(), Amounts.gb(shape.memoryPerNode())));
    }
    return family + "." + size;
  }
}
