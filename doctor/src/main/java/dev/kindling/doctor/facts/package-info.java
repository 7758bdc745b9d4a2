/**
 * What an event log says, as plain values: {@link dev.kindling.doctor.facts.FactsReader} makes
 * {@link dev.kindling.doctor.facts.Facts} of it. Nothing here judges.
 */
package dev.kindling.doctor.facts;
