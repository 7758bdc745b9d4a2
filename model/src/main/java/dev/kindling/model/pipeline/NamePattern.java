package dev.kindling.model.pipeline;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A name in which {@code *} stands for any letters; upper and lower case are equal. */
public final class NamePattern {
  private final String text;
  private final Pattern regex;

  private NamePattern(String text, Pattern regex) {
    this.text = text;
    this.regex = regex;
  }

  /** Any text is a pattern. */
  public static NamePattern of(String text) {
    String regex =
        Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return new NamePattern(
        text,
        Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL));
  }

  public boolean matches(String name) {
    return regex.matcher(name).matches();
  }

  /** Whether it has a {@code *}. */
  boolean isOpen() {
    return text.indexOf('*') >= 0;
  }

  /** As it is written. */
  @Override
  public String toString() {
    return text;
  }
}
