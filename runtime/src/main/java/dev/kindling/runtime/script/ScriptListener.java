package dev.kindling.runtime.script;

import dev.kindling.model.error.KindlingException;

/** Gets what a script gives, in the order of its statements. */
public interface ScriptListener {
  /** A statement ended well; nothing of its result can change any more. */
  void result(StatementResult result);

  /** A statement failed, and the script ends with this error. */
  default void failed(int statement, KindlingException error) {}

  /** Something worth a line: a statement that runs on Spark, and why. */
  void talk(String line);
}
