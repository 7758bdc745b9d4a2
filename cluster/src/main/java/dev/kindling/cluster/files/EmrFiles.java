package dev.kindling.cluster.files;

import dev.kindling.cluster.sizing.Amounts;
import dev.kindling.cluster.sizing.Settings;
import dev.kindling.cluster.sizing.Sizing;
import dev.kindling.cluster.sizing.SizingRequest;
import dev.kindling.cluster.sizing.SpotMix;
import dev.kindling.model.ByteSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Amazon EMR on EC2: a cluster with spot nodes that scales by itself. */
final class EmrFiles {
  // By EMR's release guide, yarn.nodemanager.resource.memory-mb leaves out a quarter of a machine's
  // memory, and 8 GB of
  // a large one's: 12 of 16 GB are YARN's, 24 of 32, 56 of 64, 248 of 256.
  private static final long MOST_KEPT = 8 * ByteSize.GIB;
  private static final int KEPT_PART = 4;

  private EmrFiles() {}

  static List<DeployFile> of(CloudImage image, SizingRequest request, DeployOptions options) {
    long kept =
        Math.max(
            request.systemMemory(),
            Math.min(MOST_KEPT, request.shape().memoryPerNode() / KEPT_PART));
    Sizing sizing = Sizing.of(request.keeping(kept));
    String machine = options.machine().orElseGet(() -> Ec2Machines.type(request.shape()));
    int nodes = request.shape().nodes();
    SpotMix mix = SpotMix.of(nodes, options.spotShare());
    int spot = mix.spot();
    int core = mix.onDemand();
    return List.of(
        Template.file(
            "create-cluster.sh",
            Map.of(
                "image", image.name(),
                "image_spark", image.spark(),
                "known", image.known(),
                "title", Texts.title(sizing),
                "core_nodes", "" + core,
                "spot_nodes", "" + spot,
                "least_nodes", "" + (spot == 0 ? 1 : core),
                "nodes", "" + nodes,
                "system_memory", Amounts.gb(kept))),
        JsonText.file("instance-fleets.json", fleets(machine, core, spot)),
        JsonText.file("managed-scaling.json", scaling(nodes, core, spot)),
        JsonText.file("configurations.json", configurations(sizing)));
  }

  private static List<Object> fleets(String machine, int core, int spot) {
    List<Object> fleets = new ArrayList<>();
    fleets.add(fleet("MASTER", machine, 1, 0));
    fleets.add(fleet("CORE", machine, core, 0));
    if (spot > 0) {
      fleets.add(fleet("TASK", machine, 0, spot));
    }
    return fleets;
  }

  private static Map<String, Object> fleet(String type, String machine, int onDemand, int spot) {
    Map<String, Object> fleet = new LinkedHashMap<>();
    fleet.put("Name", type.toLowerCase(java.util.Locale.ROOT));
    fleet.put("InstanceFleetType", type);
    fleet.put("TargetOnDemandCapacity", onDemand);
    fleet.put("TargetSpotCapacity", spot);
    fleet.put(
        "InstanceTypeConfigs", List.of(ordered("InstanceType", machine, "WeightedCapacity", 1)));
    if (spot > 0) {
      fleet.put(
          "LaunchSpecifications",
          Map.of(
              "SpotSpecification",
              ordered(
                  "TimeoutDurationMinutes",
                  10,
                  "TimeoutAction",
                  "SWITCH_TO_ON_DEMAND",
                  "AllocationStrategy",
                  "price-capacity-optimized")));
    }
    return fleet;
  }

  private static Map<String, Object> scaling(int nodes, int core, int spot) {
    return Map.of(
        "ComputeLimits",
        ordered(
            "UnitType",
            "InstanceFleetUnits",
            "MinimumCapacityUnits",
            spot == 0 ? 1 : core,
            "MaximumCapacityUnits",
            nodes,
            "MaximumOnDemandCapacityUnits",
            core,
            "MaximumCoreCapacityUnits",
            core));
  }

  private static List<Object> configurations(Sizing sizing) {
    return List.of(
        // Or EMR puts sizes of its own in the place of these.
        ordered(
            "Classification", "spark", "Properties", Map.of("maximizeResourceAllocation", "false")),
        ordered("Classification", "spark-defaults", "Properties", Settings.of(sizing)));
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
