/** The oracle: the same query on both engines. Start at {@link dev.kindling.testkit.TwoEngines}. */
package dev.kindling.testkit;
