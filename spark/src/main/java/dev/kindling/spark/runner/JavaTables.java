package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.JavaSchema;
import dev.kindling.spark.protocol.JavaView;
import dev.kindling.spark.protocol.TableMethod;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Calls the classes of users that compute tables. */
final class JavaTables {
  private JavaTables() {}

  /** What the class makes of tables without rows. */
  static Dataset<Row> ofEmpty(SparkSession session, JavaSchema asked) throws Exception {
    List<Dataset<Row>> inputs =
        asked.inputs().stream().map(schema -> empty(session, schema)).toList();
    return call(session, asked.className(), inputs, asked.options());
  }

  private static Dataset<Row> empty(SparkSession session, String schema) {
    return session.createDataFrame(List.<Row>of(), (StructType) DataType.fromJson(schema));
  }

  /** What the class makes of the views. */
  static Dataset<Row> ofViews(SparkSession session, JavaView asked) throws Exception {
    List<Dataset<Row>> inputs =
        asked.inputs().stream().map(name -> (Dataset<Row>) session.table(quote(name))).toList();
    return call(session, asked.className(), inputs, asked.options());
  }

  private static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @SuppressWarnings("unchecked")
  private static Dataset<Row> call(
      SparkSession session,
      String className,
      List<Dataset<Row>> inputs,
      Map<String, String> options)
      throws Exception {
    Class<?> type = Class.forName(className, false, JavaTables.class.getClassLoader());
    TableMethod method = TableMethod.find(type, inputs.size());
    Object rows;
    try {
      rows = method.call(session, inputs, options);
    } catch (Exception e) {
      throw Failures.explained(e) ? e : new UserCodeProblem(className, e);
    }
    if (rows == null) {
      throw new UserCodeProblem(className, "returned null in the place of a Dataset");
    }
    return (Dataset<Row>) rows;
  }
}
