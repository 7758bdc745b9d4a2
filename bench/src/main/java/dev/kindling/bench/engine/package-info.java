/**
 * The engines that are measured, each in a JVM of its own, so that none profits from or suffers
 * under another's heap and compiled code. Start at {@link dev.kindling.bench.engine.BenchEngine};
 * {@link dev.kindling.bench.engine.EngineProcess} starts one and talks to it in lines of JSON.
 * Nothing here is safe for use by several threads.
 */
package dev.kindling.bench.engine;
