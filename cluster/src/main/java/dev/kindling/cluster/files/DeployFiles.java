package dev.kindling.cluster.files;

import dev.kindling.cluster.sizing.SizingRequest;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the files that set up a cluster of a size. */
public final class DeployFiles {
  private DeployFiles() {}

  /**
   * The files of a kind, in the order of reading.
   *
   * @param request the sizes; its manager and deploy mode are those of the kind, whatever it says
   * @throws KindlingException USAGE when the cloud has no Spark that Kindling supports, or the
   *     nodes cannot be had there
   */
  public static List<DeployFile> of(DeployKind kind, SizingRequest request, DeployOptions options) {
    SizingRequest placed = request.on(kind.manager(), kind.mode());
    return switch (kind) {
      case COMPOSE -> ComposeFiles.of(placed);
      case SYSTEMD -> SystemdFiles.of(placed, options);
      case KUBERNETES -> KubernetesFiles.of(placed, options);
      case EMR -> EmrFiles.of(supported(kind), placed, options);
      case DATAPROC -> DataprocFiles.of(supported(kind), placed);
      case SYNAPSE -> throw unsupported(kind);
    };
  }

  private static CloudImage supported(DeployKind kind) {
    return CloudImage.of(kind).stream()
        .filter(image -> image.support() == CloudImage.Support.SUPPORTED)
        .findFirst()
        .orElseThrow(() -> unsupported(kind));
  }

  private static KindlingException unsupported(DeployKind kind) {
    return new KindlingException(
        ErrorCode.USAGE,
        "Cannot make files for %s: none of its images has Spark 4.0 with Scala 2.13, which is needed. %s. %s"
            .formatted(
                kind.name().toLowerCase(java.util.Locale.ROOT),
                CloudImage.of(kind).stream()
                    .map(image -> image.contents() + " (" + image.known() + ")")
                    .collect(Collectors.joining("; ")),
                "Accepted there instead: kubernetes, for its managed Kubernetes, or systemd, for its"
                    + " virtual machines."));
  }
}
