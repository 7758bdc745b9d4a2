package dev.kindling.bench.data;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The input of {@code examples/revenue}: half a year of a shop's orders as CSV files, as dirty as
 * exports of real systems are, with customers and exchange rates as Parquet. One seed makes all of
 * it, so that anybody can make the committed files again.
 */
public final class RevenueData {
  private static final long SEED = 20_260_101L;
  private static final YearMonth FIRST_MONTH = YearMonth.of(2026, 1);
  private static final int MONTHS = 6;
  private static final int ORDERS_PER_MONTH = 16_500;
  private static final int FIRST_CUSTOMER = 1000;
  private static final int CUSTOMERS = 4000;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  static final String HEADER =
      "order_id,customer_id,category,amount,currency,status,day,updated_at";

  /** Where a customer lives decides the name, the city and the currency. */
  private record Country(
      String code, String currency, String euros, List<String> names, List<String> cities) {}

  private static final List<Country> COUNTRIES =
      List.of(
          new Country(
              "DE",
              "EUR",
              "1",
              List.of("Jürgen Groß", "Anke Müller", "Sören Weiß", "Käthe Schäfer", "Max Köhler"),
              List.of("Köln", "München", "Berlin", "Görlitz")),
          new Country(
              "FR",
              "EUR",
              "1",
              List.of("Zoé Lefèvre", "François Noël", "Anaïs Çelik", "Hélène Bœuf"),
              List.of("Besançon", "Paris", "Orléans")),
          new Country(
              "GB",
              "GBP",
              "1.171",
              List.of("Siân Hughes", "Oliver Smith", "Aoife O’Neill", "Amelia Jones"),
              List.of("London", "York", "Leeds")),
          new Country(
              "US",
              "USD",
              "0.914",
              List.of("Emma Johnson", "José Ramírez", "Noah Brown", "Chloë Davis"),
              List.of("Boston", "San José", "Chicago")),
          new Country(
              "PL",
              "PLN",
              "0.2337",
              List.of("Łukasz Żak", "Małgorzata Wójcik", "Paweł Świątek"),
              List.of("Łódź", "Kraków", "Gdańsk")),
          new Country(
              "JP", "JPY", "0.0061", List.of("佐藤 陽菜", "鈴木 蓮", "高橋 葵"), List.of("東京", "大阪", "札幌")),
          new Country(
              "SE",
              "SEK",
              "0.0889",
              List.of("Åsa Öberg", "Björn Lindström", "Maja Sjögren"),
              List.of("Malmö", "Göteborg", "Umeå")),
          new Country(
              "BR",
              "BRL",
              "0.1623",
              List.of("João Gonçalves", "Inês Araújo", "Luís Brandão"),
              List.of("São Paulo", "Brasília", "Belém")));

  private static final List<String> CATEGORIES =
      List.of("books", "games", "music", "café", "garden", "tools", "toys");
  private static final List<String> SEGMENTS = List.of("consumer", "business", "public");

  record Customer(
      int id, String name, String country, String city, String segment, LocalDate signup) {}

  record Rate(String currency, LocalDate month, BigDecimal euros) {}

  private final Map<String, List<String>> orderFiles = new TreeMap<>();
  private final List<Customer> customers = new ArrayList<>();
  private final List<Integer> homes = new ArrayList<>();
  private final List<Rate> rates = new ArrayList<>();
  private final Random random = new Random(SEED);

  private RevenueData() {
    makeCustomers();
    makeRates();
    makeOrders();
  }

  /** Makes all the data, in memory; the same on every machine. */
  static RevenueData make() {
    return new RevenueData();
  }

  /** File name to file content, the header included. */
  Map<String, String> orderFiles() {
    Map<String, String> files = new TreeMap<>();
    orderFiles.forEach(
        (name, lines) -> files.put(name, HEADER + "\n" + String.join("\n", lines) + "\n"));
    return files;
  }

  List<Customer> customers() {
    return List.copyOf(customers);
  }

  List<Rate> rates() {
    return List.copyOf(rates);
  }

  /** Writes {@code orders/*.csv}, {@code customers/} and {@code rates/} below the folder. */
  void write(Path folder) throws IOException, SQLException {
    for (String name : List.of("orders", "customers", "rates")) {
      Files.createDirectories(folder.resolve(name));
    }
    for (Map.Entry<String, String> file : orderFiles().entrySet()) {
      Files.writeString(folder.resolve("orders").resolve(file.getKey()), file.getValue());
    }
    try (DuckDBConnection duckDb = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute(
          "CREATE TABLE customers (customer_id BIGINT, name VARCHAR, country VARCHAR,"
              + " city VARCHAR, segment VARCHAR, signup DATE)");
      try (DuckDBAppender to = duckDb.createAppender("customers")) {
        for (Customer customer : customers) {
          to.beginRow();
          to.append((long) customer.id).append(customer.name).append(customer.country);
          to.append(customer.city).append(customer.segment).append(customer.signup);
          to.endRow();
        }
      }
      statement.execute("CREATE TABLE rates (currency VARCHAR, month DATE, euros DECIMAL(12,6))");
      try (DuckDBAppender to = duckDb.createAppender("rates")) {
        for (Rate rate : rates) {
          to.beginRow();
          to.append(rate.currency).append(rate.month).append(rate.euros);
          to.endRow();
        }
      }
      for (String table : List.of("customers", "rates")) {
        statement.execute(
            "COPY %s TO '%s' (FORMAT parquet, COMPRESSION snappy)"
                .formatted(
                    table,
                    folder
                        .resolve(table)
                        .resolve(table + ".parquet")
                        .toString()
                        .replace("'", "''")));
      }
    }
  }

  private void makeCustomers() {
    for (int i = 0; i < CUSTOMERS; i++) {
      // The first two countries are the home markets.
      int draw = random.nextInt(COUNTRIES.size() + 4);
      int home = draw < COUNTRIES.size() ? draw : draw % 2;
      Country country = COUNTRIES.get(home);
      String code =
          switch (random.nextInt(40)) {
            case 0 -> " " + country.code;
            case 1 -> country.code.toLowerCase(Locale.ROOT);
            default -> country.code;
          };
      homes.add(home);
      customers.add(
          new Customer(
              FIRST_CUSTOMER + i,
              pick(country.names),
              code,
              pick(country.cities),
              pick(SEGMENTS),
              LocalDate.of(2019, 1, 1).plusDays(random.nextInt(2500))));
    }
  }

  private void makeRates() {
    Map<String, String> base = new TreeMap<>();
    COUNTRIES.forEach(country -> base.put(country.currency, country.euros));
    for (Map.Entry<String, String> currency : base.entrySet()) {
      for (int month = 0; month < MONTHS; month++) {
        // The euro is worth one euro; the others drift by up to two percent.
        BigDecimal drift =
            currency.getKey().equals("EUR")
                ? BigDecimal.ONE
                : BigDecimal.valueOf(980 + random.nextInt(41), 3);
        rates.add(
            new Rate(
                currency.getKey(),
                FIRST_MONTH.plusMonths(month).atDay(1),
                new BigDecimal(currency.getValue())
                    .multiply(drift)
                    .setScale(6, RoundingMode.HALF_UP)));
      }
    }
  }

  private void makeOrders() {
    for (int month = 0; month < MONTHS; month++) {
      orderFiles.put(fileName(month), new ArrayList<>());
    }
    int id = 100_000;
    for (int month = 0; month < MONTHS; month++) {
      for (int i = 0; i < ORDERS_PER_MONTH; i++) {
        makeOrder(id++, month);
      }
    }
    // What a broken export leaves behind: rows with too few and too many fields.
    List<String> broken = orderFiles.get(fileName(2));
    broken.add(1200, "141199,2290,books");
    broken.add(4711, "144709,1644,toys,12,50,EUR,paid,2026-03-09,2026-03-10 08:15:00");
    broken.add(9000, "-- connection lost, retrying --");
    broken.add(9001, "148999,3015,games,59.90,EUR,paid,2026-03-17,2026-03-17 22:01:44,,,");
  }

  private void makeOrder(int id, int month) {
    int customer = random.nextInt(CUSTOMERS);
    Country country = COUNTRIES.get(homes.get(customer));
    LocalDate day =
        FIRST_MONTH
            .plusMonths(month)
            .atDay(1 + random.nextInt(FIRST_MONTH.plusMonths(month).lengthOfMonth()));
    LocalDateTime updated = day.atStartOfDay().plusSeconds(random.nextInt(86_400));
    String category = pick(CATEGORIES);
    String amount = amount(country);
    String customerId =
        random.nextInt(250) == 0
            ? ""
            : String.valueOf(
                random.nextInt(1500) == 0 ? 9000 + random.nextInt(50) : FIRST_CUSTOMER + customer);
    boolean changes = random.nextInt(33) == 0;
    String status =
        changes ? "open" : pick(List.of("paid", "paid", "paid", "sent", "sent", "void"));
    add(month, line(id, customerId, category, amount, country, status, day, updated));
    if (changes) {
      // The same order once more, with what became of it; it may arrive a month later.
      LocalDateTime later = updated.plusSeconds(3600 + random.nextInt(20 * 86_400));
      int file = Math.min(MONTHS - 1, later.getMonthValue() - FIRST_MONTH.getMonthValue());
      String outcome = pick(List.of("paid", "sent", "sent", "void"));
      add(file, line(id, customerId, category, amount, country, outcome, day, later));
    }
  }

  private String line(
      int id,
      String customer,
      String category,
      String amount,
      Country country,
      String status,
      LocalDate day,
      LocalDateTime updated) {
    return List.of(
            String.valueOf(id),
            customer,
            random.nextInt(60) == 0 ? category.toUpperCase(Locale.ROOT) : category,
            random.nextInt(2500) == 0 ? "n/a" : amount,
            untidy(country.currency),
            random.nextInt(170) == 0 ? "" : untidy(status),
            day(day),
            STAMP.format(updated))
        .stream()
        .collect(Collectors.joining(","));
  }

  /** The amount in the currency of the country: most are small, a few are refunds or slips. */
  private String amount(Country country) {
    double euros = StrictMath.exp(3.4 + 0.9 * random.nextGaussian());
    BigDecimal amount =
        new BigDecimal(euros)
            .divide(new BigDecimal(country.euros), 2, RoundingMode.HALF_UP)
            .max(new BigDecimal("0.01"));
    return switch (random.nextInt(400)) {
      case 0, 1 -> "";
      case 2, 3, 4, 5 -> amount.negate().toPlainString();
      case 6 -> "0.00";
      // A slip of the keyboard: four digits too many.
      case 7 ->
          random.nextInt(4) == 0 ? amount.movePointRight(4).setScale(2).toPlainString() : "1.00";
      default -> amount.toPlainString();
    };
  }

  private String day(LocalDate day) {
    return switch (random.nextInt(3000)) {
      case 0 -> day.withDayOfMonth(1).toString().substring(0, 8) + "32";
      case 1 -> day.getDayOfMonth() + "/" + day.getMonthValue() + "/" + day.getYear();
      case 2, 3 -> "";
      // A register whose clock was never set.
      case 4 -> "2001-01-01";
      default -> day.toString();
    };
  }

  private String untidy(String text) {
    return switch (random.nextInt(120)) {
      case 0 -> " " + text;
      case 1 -> text + " ";
      case 2 -> text.toLowerCase(Locale.ROOT);
      case 3 -> text.toUpperCase(Locale.ROOT);
      default -> text;
    };
  }

  private void add(int month, String line) {
    orderFiles.get(fileName(month)).add(line);
  }

  private static String fileName(int month) {
    return "orders-" + FIRST_MONTH.plusMonths(month) + ".csv";
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Writes the data below the folder named by the one argument: {@code examples/revenue/data}. */
  public static void main(String[] args) throws IOException, SQLException {
    if (args.length != 1) {
      throw new KindlingException(ErrorCode.USAGE, "Name the folder to write the data into");
    }
    make().write(Path.of(args[0]));
  }
}
