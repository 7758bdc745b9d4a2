package dev.kindling.spark.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the parent asks of the Spark process. Each request is answered by one {@link Outcome}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @Type(value = Launch.class, name = "launch"),
  @Type(value = Open.class, name = "open"),
  @Type(value = Statement.class, name = "statement"),
  @Type(value = View.class, name = "view"),
  @Type(value = SqlView.class, name = "sqlView"),
  @Type(value = JavaSchema.class, name = "javaSchema"),
  @Type(value = JavaView.class, name = "javaView"),
  @Type(value = Query.class, name = "query"),
  @Type(value = Reach.class, name = "reach"),
  @Type(value = Cancel.class, name = "cancel"),
  @Type(value = Close.class, name = "close")
})
public sealed interface Request
    permits Launch,
        Open,
        Statement,
        View,
        SqlView,
        JavaSchema,
        JavaView,
        Query,
        Reach,
        Cancel,
        Close {}
