package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A value of a test, of which the type is not known yet: the column decides it. */
public sealed interface TestValue {
  Position position();

  /** SQL's NULL. */
  record Null(Position position) implements TestValue {
    public Null {
      requireNonNull(position, "position is null");
    }
  }

  /** A text, a number, a date or anything else that is written as one word. */
  record Text(String text, Position position) implements TestValue {
    public Text {
      requireNonNull(text, "text is null");
      requireNonNull(position, "position is null");
    }
  }

  /** The elements of an array. */
  record Items(List<TestValue> items, Position position) implements TestValue {
    public Items {
      items = List.copyOf(items);
      requireNonNull(position, "position is null");
    }
  }

  /** A row, a struct or a map: values by name, each name once. */
  record Entries(List<Entry> entries, Position position) implements TestValue {
    public Entries {
      entries = List.copyOf(entries);
      requireNonNull(position, "position is null");
    }

    /** The names, in file order. */
    public List<String> names() {
      return entries.stream().map(Entry::name).toList();
    }
  }

  /** A value and its name. */
  record Entry(String name, Position position, TestValue value) {
    public Entry {
      requireNonNull(name, "name is null");
      requireNonNull(position, "position is null");
      requireNonNull(value, "value is null");
    }
  }
}
