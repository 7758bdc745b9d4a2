/**
 * Spark's own SQL tests on both engines, statement by statement. Start at {@link
 * dev.kindling.testkit.suite.SuiteRunner}.
 */
package dev.kindling.testkit.suite;
