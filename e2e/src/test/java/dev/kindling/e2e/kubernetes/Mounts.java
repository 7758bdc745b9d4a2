package dev.kindling.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A container's volumes as folders, and its variables with their paths.
 *
 * @param folder of the pod alone
 * @param paths by the place where the container has a volume, the folder that it is
 */
record Mounts(Path folder, Map<String, Path> paths, Map<String, String> environment) {
  static Mounts of(Pod pod, Container container, KubernetesClient client, Path folder)
      throws IOException {
    Map<String, Path> paths = new LinkedHashMap<>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path place = Files.createDirectories(folder.resolve("volumes").resolve(mount.getName()));
      for (Volume volume : pod.getSpec().getVolumes()) {
        if (volume.getName().equals(mount.getName()) && volume.getConfigMap() != null) {
          Map<String, String> data =
              client
                  .configMaps()
                  .inNamespace(pod.getMetadata().getNamespace())
                  .withName(volume.getConfigMap().getName())
                  .waitUntilCondition(map -> map != null, 10, java.util.concurrent.TimeUnit.SECONDS)
                  .getData();
          for (Map.Entry<String, String> file : data.entrySet()) {
            Files.writeString(place.resolve(file.getKey()), file.getValue());
          }
        }
      }
      paths.put(mount.getMountPath(), place);
    }
    Mounts mounts = new Mounts(folder, paths, new LinkedHashMap<>());
    for (EnvVar variable : container.getEnv()) {
      mounts.environment.put(variable.getName(), mounts.value(pod, variable));
    }
    return mounts;
  }

  private String value(Pod pod, EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return rewrite(variable.getValue() == null ? "" : variable.getValue());
    }
    String field = variable.getValueFrom().getFieldRef().getFieldPath();
    return switch (field) {
      case "status.podIP" -> ContainerCommand.POD_ADDRESS;
      case "metadata.name" -> pod.getMetadata().getName();
      default -> throw new IllegalArgumentException(field);
    };
  }

  /** A text with the folders in the place of the container's paths. */
  String rewrite(String text) {
    String result = text;
    for (Map.Entry<String, Path> mount : paths.entrySet()) {
      result = result.replace(mount.getKey(), mount.getValue().toString());
    }
    return result;
  }
}
