/**
 * A user's own Spark application on a target, as spark-submit runs it. Start at {@link
 * dev.kindling.runtime.submit.Submissions}.
 */
package dev.kindling.runtime.submit;
