/**
 * What Spark's event logs tell about a run, without any server: {@link
 * dev.kindling.doctor.Diagnosis} reads a log into {@link dev.kindling.doctor.facts.Facts}, and the
 * checks of {@link dev.kindling.doctor.finding} turn those into findings. Start with {@code
 * Diagnosis}.
 */
package dev.kindling.doctor;
