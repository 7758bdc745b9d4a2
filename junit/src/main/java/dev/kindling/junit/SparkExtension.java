package dev.kindling.junit;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The session of a test class, see {@link SparkTest}; {@code @ExtendWith(SparkExtension.class)}
 * alone does what {@code @SparkTest} does. It is the active session of the test's thread too, so
 * that {@code SparkSession.builder().getOrCreate()} in the code under test finds it.
 */
public final class SparkExtension
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SparkExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    SparkSession.setActiveSession(session(context));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    // A test may have made another one active.
    SparkSession.setActiveSession(session(context));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return session(context);
  }

  private static SparkSession session(ExtensionContext context) {
    Class<?> owner = owner(context.getRequiredTestClass());
    Store store = context.getRoot().getStore(NAMESPACE);
    SharedSpark spark =
        store.getOrComputeIfAbsent(
            SharedSpark.class, key -> SharedSpark.start(), SharedSpark.class);
    return store.getOrComputeIfAbsent(
        owner,
        key -> spark.session(Optional.ofNullable(owner.getAnnotation(SparkTest.class))),
        SparkSession.class);
  }

  /** The class that the session belongs to: nested classes share that of the class around them. */
  private static Class<?> owner(Class<?> test) {
    Class<?> owner = test;
    while (!owner.isAnnotationPresent(SparkTest.class) && owner.getEnclosingClass() != null) {
      owner = owner.getEnclosingClass();
    }
    return owner;
  }
}
