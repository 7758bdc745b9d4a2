/**
 * Rows held against the rows that are expected, whoever computed them. Start at {@link
 * dev.kindling.model.rows.RowMatch}; {@link dev.kindling.model.rows.DifferenceText} tells people
 * what it found.
 */
package dev.kindling.model.rows;
