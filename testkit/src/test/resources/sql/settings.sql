-- set: spark.sql.caseSensitive=true
SELECT id, ID2 FROM (SELECT id, id + 1 AS ID2 FROM ints);
-- expect: error UNRESOLVED_COLUMN.WITH_SUGGESTION
SELECT Id FROM ints;
-- set: spark.sql.decimalOperations.allowPrecisionLoss=false
SELECT id, p * q, n.n / 3 FROM ints JOIN numbers n USING (id) WHERE id NOT IN (4, 5);
-- set: spark.sql.groupByOrdinal=false
SELECT 1 AS x, count(*) FROM ints GROUP BY 1;
