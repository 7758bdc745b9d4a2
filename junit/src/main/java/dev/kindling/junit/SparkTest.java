package dev.kindling.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a {@link org.apache.spark.sql.SparkSession}, as a parameter of its constructor
 * and of its methods. Spark starts once in a JVM; each class has a session of its own in it, with
 * its own settings, views and functions.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SparkExtension.class)
public @interface SparkTest {
  /** Whether Kindling's embedded engine runs what it can run exactly as Spark. */
  boolean kindling() default false;

  /** Settings of Spark SQL for this class, such as {@code spark.sql.ansi.enabled=false}. */
  String[] conf() default {};
}
