package dev.kindling.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A user's application as a jar. */
final class ProgramJar {
  private ProgramJar() {}

  /** Writes one with this class alone, and returns the file. */
  static Path of(Class<?> program, Path file) throws IOException {
    String entry = program.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
        InputStream content = program.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new ZipEntry(entry));
      content.transferTo(jar);
    }
    return file;
  }
}
