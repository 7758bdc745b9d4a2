/**
 * Runs both engines on the same input and compares what they give. Start at {@link
 * dev.kindling.runtime.compare.Comparer}.
 */
package dev.kindling.runtime.compare;
