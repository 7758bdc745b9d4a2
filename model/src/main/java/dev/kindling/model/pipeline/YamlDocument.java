package dev.kindling.model.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.model.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML text and its tree of nodes. The tree keeps the place of each node, which binding to
 * objects would lose.
 */
final class YamlDocument {
  /** The greatest size of a pipeline file in bytes; a greater file is surely something else. */
  static final int MAX_BYTES = 3 * 1024 * 1024;

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final Path file;
  private final int[] text;
  private final int[] lineStarts;
  private final Optional<Node> root;

  private YamlDocument(Path file, int[] text, Problems problems) {
    this.file = file;
    this.text = text;
    this.lineStarts = lineStarts(text);
    this.root = compose(problems);
  }

  /** Decodes and composes a file; empty, with a problem, where it is not YAML. */
  static Optional<YamlDocument> parse(Path file, byte[] bytes, Problems problems) {
    Optional<String> decoded = decode(file, bytes, problems);
    if (decoded.isEmpty()) {
      return Optional.empty();
    }
    YamlDocument document = new YamlDocument(file, decoded.get().codePoints().toArray(), problems);
    if (document.root.isEmpty() && !problems.hasErrors()) {
      problems.error(
          ErrorCode.PIPELINE_SYNTAX,
          Position.startOf(file),
          "The pipeline file is empty (needed: at least 'pipeline' and 'tables')");
    }
    return document.root.isPresent() ? Optional.of(document) : Optional.empty();
  }

  /** The file as UTF-8 text without its byte order mark; empty, with a problem, where it is not. */
  static Optional<String> decode(Path file, byte[] bytes, Problems problems) {
    if (bytes.length >= 2
        && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
            || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE))) {
      problems.error(
          ErrorCode.PIPELINE_SYNTAX,
          Position.startOf(file),
          "The file is in UTF-16 (accepted: UTF-8). Save it as UTF-8.");
      return Optional.empty();
    }
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int[] before = out.flip().toString().codePoints().toArray();
      problems.error(
          ErrorCode.PIPELINE_SYNTAX,
          position(file, lineStarts(before), before.length),
          "The file is not in UTF-8: found byte 0x"
              + Integer.toHexString(bytes[in.position()] & 0xFF).toUpperCase(Locale.ROOT)
              + ". Save it as UTF-8.");
      return Optional.empty();
    }
    out.flip();
    if (out.hasRemaining() && out.get(0) == BYTE_ORDER_MARK) {
      out.get();
    }
    return Optional.of(out.toString());
  }

  Path file() {
    return file;
  }

  /** The whole file, one document. */
  Node root() {
    return root.orElseThrow();
  }

  Position start(Node node) {
    return position(node.getStartMark());
  }

  /** Where each character of a scalar stands in the file. */
  SqlSource source(ScalarNode scalar) {
    int[] value = scalar.getValue().codePoints().toArray();
    int[] places =
        ScalarPlaces.of(
            text,
            scalar.getStartMark().getIndex(),
            scalar.getEndMark().getIndex(),
            scalar.getScalarStyle(),
            value);
    int[] lines = new int[places.length];
    int[] columns = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      int line = lineOf(lineStarts, places[i]);
      lines[i] = line + 1;
      columns[i] = places[i] - lineStarts[line] + 1;
    }
    return SqlSource.mapped(file, value, lines, columns);
  }

  private Optional<Node> compose(Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    try {
      StreamReader reader = new StreamReader(new String(text, 0, text.length));
      Composer composer = new Composer(new ParserImpl(reader, options), new Resolver(), options);
      return Optional.ofNullable(composer.getSingleNode());
    } catch (MarkedYAMLException e) {
      Position place = YamlErrors.place(e).map(this::position).orElse(Position.startOf(file));
      problems.error(ErrorCode.PIPELINE_SYNTAX, place, YamlErrors.explain(e, this::position));
    } catch (ReaderException e) {
      problems.error(
          ErrorCode.PIPELINE_SYNTAX,
          position(file, lineStarts, controlCharacter()),
          "The file holds the control character U+"
              + hex(e.getCodePoint())
              + ", which YAML does not accept. Delete it, or write it as an escape in double"
              + " quotes.");
    } catch (YAMLException e) {
      problems.error(
          ErrorCode.PIPELINE_SYNTAX,
          Position.startOf(file),
          "The file is not valid YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private int controlCharacter() {
    for (int i = 0; i < text.length; i++) {
      if (!StreamReader.isPrintable(text[i])) {
        return i;
      }
    }
    return 0;
  }

  private static String hex(int codePoint) {
    String hex = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
    return "0".repeat(Math.max(0, 4 - hex.length())) + hex;
  }

  private Position position(Mark mark) {
    return position(file, lineStarts, mark.getIndex());
  }

  private static Position position(Path file, int[] lineStarts, int index) {
    int line = lineOf(lineStarts, index);
    return new Position(file, line + 1, index - lineStarts[line] + 1);
  }

  private static int lineOf(int[] lineStarts, int index) {
    int found = Arrays.binarySearch(lineStarts, index);
    return found >= 0 ? found : -found - 2;
  }

  private static int[] lineStarts(int[] text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length; i++) {
      boolean ends =
          text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.length || text[i + 1] != '\n'));
      if (ends) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
