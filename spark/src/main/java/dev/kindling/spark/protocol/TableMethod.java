package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The method of a user's class that computes a table. It is recognised by its form, so that such a
 * class is compiled against Spark alone: a public method named {@code apply} that returns a {@code
 * Dataset} and takes one {@code Dataset} for each input, in front of them a {@code SparkSession} if
 * it likes, and behind them a {@code Map} of the options if it likes. It is static, or the class
 * has a public constructor without parameters.
 *
 * <p>Types are compared by their names, so this class needs no Spark itself.
 */
public final class TableMethod {
  private static final String NAME = "apply";
  private static final String DATASET = "org.apache.spark.sql.Dataset";
  private static final String SESSION = "org.apache.spark.sql.SparkSession";

  private final Class<?> type;
  private final Method method;

  private TableMethod(Class<?> type, Method method) {
    this.type = type;
    this.method = method;
  }

  /**
   * Finds it. The class is not initialised.
   *
   * @param inputs how many tables it is to take
   * @throws KindlingException JAVA_CLASS with what was found and what is accepted
   */
  public static TableMethod find(Class<?> type, int inputs) {
    requireNonNull(type, "type is null");
    if (!Modifier.isPublic(type.getModifiers())) {
      throw unfit(type, "is not public", inputs);
    }
    List<Method> named;
    try {
      named =
          Stream.of(type.getMethods())
              .filter(method -> method.getName().equals(NAME) && !method.isBridge())
              .toList();
    } catch (LinkageError e) {
      throw new KindlingException(
          ErrorCode.JAVA_CLASS,
          "The class %s names another class that is not on the class path: %s."
              .formatted(type.getName(), e.getMessage()),
          e);
    }
    List<Method> fitting = named.stream().filter(method -> fits(method, inputs)).toList();
    if (fitting.size() > 1) {
      throw unfit(type, "has more than one such method: " + show(fitting), inputs);
    }
    if (fitting.isEmpty()) {
      throw unfit(
          type,
          named.isEmpty() ? "has no public method " + NAME : "has only " + show(named),
          inputs);
    }
    Method method = fitting.get(0);
    if (!Modifier.isStatic(method.getModifiers()) && !canBeMade(type)) {
      throw unfit(type, "has no public constructor without parameters", inputs);
    }
    return new TableMethod(type, method);
  }

  private static boolean canBeMade(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
  }

  private static boolean fits(Method method, int inputs) {
    List<Class<?>> types = new ArrayList<>(Arrays.asList(method.getParameterTypes()));
    if (!types.isEmpty() && types.get(0).getName().equals(SESSION)) {
      types.remove(0);
    }
    if (!types.isEmpty() && types.get(types.size() - 1).equals(Map.class)) {
      types.remove(types.size() - 1);
    }
    return types.size() == inputs
        && types.stream().allMatch(type -> type.getName().equals(DATASET))
        && method.getReturnType().getName().equals(DATASET);
  }

  private static KindlingException unfit(Class<?> type, String found, int inputs) {
    String datasets =
        Stream.generate(() -> "Dataset<Row>").limit(inputs).collect(Collectors.joining(", "));
    String accepted = inputs == 0 ? "SparkSession" : datasets;
    return new KindlingException(
        ErrorCode.JAVA_CLASS,
        ("The class %s %s (accepted: a public class with 'public Dataset<Row> apply(%s)', one"
                + " Dataset for each input; %sMap<String, String> last for the options)."
                + " It is static, or the class has a public constructor without parameters.")
            .formatted(
                type.getName(),
                found,
                accepted,
                inputs == 0 ? "" : "a SparkSession may come first, a "));
  }

  private static String show(List<Method> methods) {
    return methods.stream()
        .map(
            method ->
                "'%s %s(%s)'"
                    .formatted(
                        method.getReturnType().getSimpleName(),
                        NAME,
                        Stream.of(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .collect(Collectors.joining(", "))))
        .collect(Collectors.joining(" and "));
  }

  /**
   * Calls it, on a new instance where it is not static.
   *
   * @return what it returned, perhaps null
   * @throws Exception what the user's code throws
   */
  public Object call(Object session, List<?> inputs, Map<String, String> options) throws Exception {
    List<Object> arguments = new ArrayList<>();
    Class<?>[] types = method.getParameterTypes();
    if (types.length > 0 && types[0].getName().equals(SESSION)) {
      arguments.add(session);
    }
    arguments.addAll(inputs);
    if (types.length > 0 && types[types.length - 1].equals(Map.class)) {
      arguments.add(options);
    }
    try {
      return method.invoke(instance(), arguments.toArray());
    } catch (InvocationTargetException e) {
      throw thrown(e);
    }
  }

  // A static method is called on nothing, which reflection calls null.
  private Object instance() throws Exception {
    if (Modifier.isStatic(method.getModifiers())) {
      return null;
    }
    Constructor<?> constructor = type.getConstructor();
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw thrown(e);
    }
  }

  private static Exception thrown(InvocationTargetException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return (Exception) e.getCause();
  }
}
