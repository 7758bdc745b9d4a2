package dev.kindling.cluster.cost;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Costs as fields of a JSON object. */
public final class CostJson {
  private CostJson() {}

  /** Writes the fields into the object that is open. */
  public static void write(
      PriceList list, List<Cost> costs, List<String> warnings, JsonGenerator json)
      throws IOException {
    json.writeStringField("prices", list.file());
    json.writeBooleanField("examplePrices", list.example());
    json.writeArrayFieldStart("plans");
    for (Cost cost : costs) {
      write(cost, json);
    }
    json.writeEndArray();
    if (costs.size() > 1) {
      json.writeNumberField(
          "differencePerMonth", costs.get(1).month().subtract(costs.get(0).month()));
    }
    json.writeArrayFieldStart("warnings");
    for (String warning : warnings) {
      json.writeString(warning);
    }
    json.writeEndArray();
  }

  private static void write(Cost cost, JsonGenerator json) throws IOException {
    Price price = cost.price();
    json.writeStartObject();
    json.writeObjectFieldStart("price");
    json.writeStringField("name", price.name());
    json.writeStringField("region", price.region());
    json.writeStringField("currency", price.currency());
    json.writeNumberField("onDemand", price.onDemand());
    if (price.spot().isPresent()) {
      json.writeNumberField("spot", price.spot().get());
    }
    json.writeNumberField("fee", price.fee());
    json.writeStringField("date", price.date().toString());
    json.writeStringField("source", price.source());
    json.writeEndObject();
    json.writeNumberField("onDemandNodes", cost.mix().onDemand());
    json.writeNumberField("spotNodes", cost.mix().spot());
    json.writeNumberField("masters", cost.plan().masters());
    json.writeNumberField("hoursPerRun", cost.hours());
    json.writeNumberField("runsPerMonth", cost.plan().runs());
    json.writeNumberField("perHour", cost.hour());
    json.writeNumberField("perRun", cost.run());
    json.writeNumberField("perRunWithoutSpot", cost.onDemandRun());
    json.writeNumberField("perMonth", cost.month());
    if (cost.breakEven().isPresent()) {
      json.writeNumberField("spotPaysBelowRework", cost.breakEven().getAsDouble());
    }
    json.writeEndObject();
  }
}
