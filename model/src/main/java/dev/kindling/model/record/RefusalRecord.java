package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Why the embedded engine does not run a table.
 *
 * @param code stays the same over versions, such as {@code FUNCTION_NOT_SUPPORTED}
 * @param place the user's own SQL, or a file and place in it, where it is known
 */
public record RefusalRecord(String code, Optional<String> place, String message) {
  public RefusalRecord {
    requireNonNull(code, "code is null");
    requireNonNull(place, "place is null");
    requireNonNull(message, "message is null");
  }
}
