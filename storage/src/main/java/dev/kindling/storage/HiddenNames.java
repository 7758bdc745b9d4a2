package dev.kindling.storage;

/** Which files and folders Spark passes over when it lists the data below a path. */
final class HiddenNames {
  private HiddenNames() {}

  /** The rule of Spark's HadoopFSUtils: a partition folder such as {@code _day=1} is data. */
  static boolean isHidden(String name) {
    return name.startsWith(".")
        || (name.startsWith("_") && !name.contains("="))
        || name.endsWith("._COPYING_");
  }
}
