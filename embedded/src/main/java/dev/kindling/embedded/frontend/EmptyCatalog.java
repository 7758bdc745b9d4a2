package dev.kindling.embedded.frontend;

import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A session catalogue with nothing in it: what a session knows are temporary views and Spark's own
 * functions. It says of everything that it is not there, where Spark's own stand-in for tests
 * refuses the question, so that a misspelt function is Spark's error about that function.
 */
final class EmptyCatalog implements TableCatalog, FunctionCatalog, SupportsNamespaces {
  @Override
  public void initialize(String name, CaseInsensitiveStringMap options) {}

  @Override
  public String name() {
    return CatalogManager.SESSION_CATALOG_NAME();
  }

  @Override
  public Table loadTable(Identifier table) throws NoSuchTableException {
    throw new NoSuchTableException(table);
  }

  @Override
  public UnboundFunction loadFunction(Identifier function) throws NoSuchFunctionException {
    throw new NoSuchFunctionException(function);
  }

  @Override
  public Identifier[] listTables(String[] namespace) {
    return new Identifier[0];
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return new Identifier[0];
  }

  @Override
  public String[][] listNamespaces() {
    return new String[0][];
  }

  @Override
  public String[][] listNamespaces(String[] namespace) {
    return new String[0][];
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(String[] namespace)
      throws NoSuchNamespaceException {
    throw new NoSuchNamespaceException(namespace);
  }

  @Override
  public Table alterTable(Identifier table, TableChange... changes) {
    throw unchangeable();
  }

  @Override
  public boolean dropTable(Identifier table) {
    throw unchangeable();
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw unchangeable();
  }

  @Override
  public void createNamespace(String[] namespace, Map<String, String> metadata) {
    throw unchangeable();
  }

  @Override
  public void alterNamespace(String[] namespace, NamespaceChange... changes) {
    throw unchangeable();
  }

  @Override
  public boolean dropNamespace(String[] namespace, boolean cascade) {
    throw unchangeable();
  }

  private static UnsupportedOperationException unchangeable() {
    return new UnsupportedOperationException("commands run on Spark");
  }
}
