package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import java.util.List;

/** Looks for one kind of trouble. Has no state: equal facts give equal findings. */
public interface Check {
  /** The findings, none for a healthy run. */
  List<Finding> examine(Facts facts);
}
