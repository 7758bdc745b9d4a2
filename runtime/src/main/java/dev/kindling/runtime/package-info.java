/**
 * Puts the two engines together. {@code script} runs SQL scripts, {@code pipeline} plans and runs
 * pipelines, {@code compare} proves that both engines agree. What is public here knows no class of
 * an engine, so that the command line can use it without loading one.
 */
package dev.kindling.runtime;
