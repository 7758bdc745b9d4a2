/**
 * What is in a file or a table: counts, values, quantiles, duplicates. Start at {@link
 * dev.kindling.runtime.profile.Profiler}.
 */
package dev.kindling.runtime.profile;
