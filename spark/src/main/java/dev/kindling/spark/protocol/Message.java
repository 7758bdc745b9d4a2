package dev.kindling.spark.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the Spark process says. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @Type(value = Ready.class, name = "ready"),
  @Type(value = Progress.class, name = "progress"),
  @Type(value = Result.class, name = "result"),
  @Type(value = Failure.class, name = "failure")
})
public sealed interface Message permits Ready, Progress, Outcome {}
