-- set: spark.sql.caseSensitive=true
SELECT id, ID2 FROM (SELECT id, id + 1 AS ID2 FROM ints);
-- expect: error UNRESOLVED_COLUMN.WITH_SUGGESTION
SELECT Id FROM ints;
-- set: spark.sql.decimalOperations.allowPrecisionLoss=false
SELECT id, p * q, n.n / 3 FROM ints JOIN numbers n USING (id) WHERE id NOT IN (4, 5);
-- set: spark.sql.groupByOrdinal=false
SELECT 1 AS x, count(*) FROM ints GROUP BY 1;
-- set: spark.sql.groupByOrdinal=true
-- set: spark.sql.session.timeZone=+05:30
SELECT id, hour(ts), CAST(ts AS DATE), CAST(ts AS STRING), date_trunc('DAY', ts), CAST(d AS TIMESTAMP) FROM times;
-- set: spark.sql.session.timeZone=Europe/London
SELECT id, hour(ts), CAST(ts AS DATE), CAST(ts AS STRING), date_trunc('DAY', ts), CAST(d AS TIMESTAMP) FROM times;
-- set: spark.sql.session.timeZone=+05:30:10
SELECT id, hour(ts), second(ts), CAST(ts AS STRING) FROM times;
-- set: spark.sql.session.timeZone=UTC
-- set: spark.sql.legacy.castComplexTypesToString.enabled=true
-- expect: refused SETTING_NOT_SUPPORTED
SELECT id FROM times;
-- set: spark.sql.legacy.castComplexTypesToString.enabled=false
SELECT id FROM times;
-- set: spark.sql.legacy.timeParserPolicy=LEGACY
-- expect: refused SETTING_NOT_SUPPORTED
SELECT id FROM times;
-- set: spark.sql.legacy.timeParserPolicy=CORRECTED
-- set: spark.sql.legacy.sizeOfNull=true
SELECT id, size(a), size(m) FROM nested;
-- set: spark.sql.ansi.enabled=false
SELECT id, size(a), size(m) FROM nested;
