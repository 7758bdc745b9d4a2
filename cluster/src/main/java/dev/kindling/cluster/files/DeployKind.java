package dev.kindling.cluster.files;

import dev.kindling.cluster.sizing.DeployMode;
import dev.kindling.cluster.sizing.Manager;

/** For what files are made. */
public enum DeployKind {
  /** Containers on one machine. */
  COMPOSE(Manager.STANDALONE, DeployMode.CLIENT),
  /** Named hosts that run Linux. */
  SYSTEMD(Manager.STANDALONE, DeployMode.CLIENT),
  KUBERNETES(Manager.KUBERNETES, DeployMode.CLUSTER),
  /** Amazon EMR on EC2. */
  EMR(Manager.YARN, DeployMode.CLUSTER),
  /** Google Cloud's Dataproc. */
  DATAPROC(Manager.YARN, DeployMode.CLUSTER),
  /** Azure Synapse. */
  SYNAPSE(Manager.YARN, DeployMode.CLUSTER);

  private final Manager manager;
  private final DeployMode mode;

  DeployKind(Manager manager, DeployMode mode) {
    this.manager = manager;
    this.mode = mode;
  }

  /** What gives applications their executors there. */
  public Manager manager() {
    return manager;
  }

  /** Where drivers run there. */
  public DeployMode mode() {
    return mode;
  }
}
