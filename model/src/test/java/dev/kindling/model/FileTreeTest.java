package dev.kindling.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir Path folder;

  @Test
  void deletesAFolderWithAllInItButNotWhatLinksLeadTo() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    Files.writeString(kept.resolve("file"), "text");
    Path tree = Files.createDirectories(folder.resolve("tree/deep/deeper"));
    Files.writeString(tree.resolve("file"), "text");
    Files.createSymbolicLink(tree.resolve("link"), kept);
    Files.createSymbolicLink(tree.resolve("broken"), folder.resolve("nowhere"));

    FileTree.delete(folder.resolve("tree"));

    assertThat(folder).isDirectoryContaining(path -> path.equals(kept));
    assertThat(folder.resolve("tree")).doesNotExist();
    assertThat(kept.resolve("file")).hasContent("text");
  }

  @Test
  void deletesAFileAndALinkThatLeadsNowhere() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

    FileTree.delete(file);
    FileTree.delete(link);
    FileTree.delete(folder.resolve("absent/path"));

    assertThat(folder).isEmptyDirectory();
  }
}
