/**
 * What the records of earlier runs say about a table's figures. Start at {@link
 * dev.kindling.model.history.RunHistory}. Everything here is immutable.
 */
package dev.kindling.model.history;
