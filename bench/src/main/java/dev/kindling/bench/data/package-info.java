/**
 * The data that benchmarks and examples run on, made on this machine from fixed seeds. Start at
 * {@link dev.kindling.bench.data.TpchData} and {@link dev.kindling.bench.data.RevenueData}.
 */
package dev.kindling.bench.data;
