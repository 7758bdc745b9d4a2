/**
 * What is wrong with a run and what mends it: one {@link dev.kindling.doctor.finding.Check} for
 * each kind of trouble, a pure function of the facts.
 */
package dev.kindling.doctor.finding;
