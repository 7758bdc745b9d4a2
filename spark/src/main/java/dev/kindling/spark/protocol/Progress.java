package dev.kindling.spark.protocol;

/**
 * How far the running request is. Spark plans further stages while it runs, so the total may grow.
 *
 * @param stagesDone stages that are complete
 * @param tasksDone tasks that are complete
 * @param tasksKnown tasks of all stages begun so far
 */
public record Progress(int stagesDone, int tasksDone, int tasksKnown) implements Message {}
