/**
 * Random queries over random data, both weighted to the values that hurt, on both engines. Start at
 * {@link dev.kindling.testkit.fuzz.Fuzzer}; what is generated comes from {@code signatures.txt} and
 * {@link dev.kindling.testkit.fuzz.QueryGenerator}.
 */
package dev.kindling.testkit.fuzz;
