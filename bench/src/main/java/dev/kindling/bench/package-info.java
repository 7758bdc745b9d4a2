/**
 * Benchmarks that put engines side by side in one run and report ratios: times alone mean little on
 * a machine that does other things too. Start at {@link dev.kindling.bench.Bench}.
 */
package dev.kindling.bench;
