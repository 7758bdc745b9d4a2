/**
 * Tests of Spark programs with JUnit. Start at {@link dev.kindling.junit.SparkTest}, which gives a
 * test class a session, and {@link dev.kindling.junit.DatasetAssertions}, which compares datasets;
 * {@link dev.kindling.junit.Fixtures} makes rows to begin with.
 */
package dev.kindling.junit;
