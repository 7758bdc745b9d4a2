package dev.kindling.model.pipeline;

/**
 * What a node of the pipeline file is, in the words of messages: {@code 'path' in 'read' of table
 * 'orders'}. The words are joined only when there is a problem to tell.
 */
sealed interface Where {
  Where FILE = new File();

  default Where key(String name) {
    return new Key(name, this);
  }

  default Where entry(int number) {
    return new Entry(number, this);
  }

  static Where table(String name) {
    return new OfTable(name);
  }

  static Where test(String name) {
    return new OfTest(name);
  }

  record File() implements Where {
    @Override
    public String toString() {
      return "the pipeline file";
    }
  }

  record OfTable(String name) implements Where {
    @Override
    public String toString() {
      return "table '" + name + "'";
    }
  }

  record OfTest(String name) implements Where {
    @Override
    public String toString() {
      return "test '" + name + "'";
    }
  }

  record Key(String name, Where parent) implements Where {
    @Override
    public String toString() {
      String own = "'" + name + "'";
      if (parent instanceof File) {
        return own;
      }
      boolean whole = parent instanceof OfTable || parent instanceof OfTest;
      return own + (whole ? " of " : " in ") + parent;
    }
  }

  record Entry(int number, Where parent) implements Where {
    @Override
    public String toString() {
      return "entry " + number + " of " + parent;
    }
  }
}
