package dev.kindling.runtime.script;

/** Gets what a script gives, in the order of its statements. */
public interface ScriptListener {
  /** A statement ended well; nothing of its result can change any more. */
  void result(StatementResult result);

  /** Something worth a line: a statement that runs on Spark, and why. */
  void talk(String line);
}
