/** Errors as the user sees them. Start at {@link dev.kindling.model.error.KindlingException}. */
package dev.kindling.model.error;
