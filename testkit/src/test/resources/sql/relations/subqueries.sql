-- ansi: both
SELECT id FROM ints o WHERE NOT (a IN (SELECT b FROM ints) AND b > 2);
SELECT id FROM ints o WHERE NOT (a IN (SELECT b FROM ints) OR b > 2);
SELECT id FROM ints o WHERE NOT (NOT (a IN (SELECT b FROM ints WHERE b IS NOT NULL)) OR b > 2);
SELECT id, NOT (a IN (SELECT b FROM ints) AND b > 2), NOT (a NOT IN (SELECT b FROM ints) OR b > 2) FROM ints o;
SELECT fact.id, t.m, t.c FROM sales fact LEFT JOIN LATERAL (SELECT max(w.id) m, count(*) c FROM numbers w WHERE w.id < fact.qty GROUP BY w.bool) t WHERE fact.id < 20;
SELECT fact.id, t.x FROM sales fact, LATERAL (SELECT fact.qty + 1 AS x) t WHERE fact.id < 20;
SELECT fact.id, t.x, u.y FROM sales fact, LATERAL (SELECT fact.qty + 1 AS x) t, LATERAL (SELECT t.x * 2 AS y) u WHERE fact.id < 20;
SELECT fact.id, t.nid FROM sales fact, LATERAL (SELECT w.id AS nid FROM numbers w WHERE w.id <= fact.qty ORDER BY w.id DESC LIMIT 2) t WHERE fact.id < 20;
SELECT fact.id, t.s FROM sales fact, LATERAL (SELECT sum(w.id) AS s FROM numbers w WHERE w.id > fact.qty + 100) t WHERE fact.id < 20;
SELECT fact.id, t.u FROM sales fact, LATERAL (SELECT w.id AS u FROM numbers w WHERE w.id = fact.qty UNION ALL SELECT i.id FROM ints i WHERE i.id = fact.qty) t WHERE fact.id < 20;
SELECT id FROM sales WHERE qty NOT IN (SELECT a FROM ints WHERE a IS NOT NULL);
SELECT id FROM sales WHERE qty NOT IN (SELECT a FROM ints);
SELECT id FROM ints WHERE a NOT IN (SELECT a FROM nothing);
SELECT id FROM ints WHERE (a, b) NOT IN (SELECT a, id FROM ints WHERE id > 3);
SELECT id FROM ints o WHERE a NOT IN (SELECT a FROM ints i WHERE i.id > o.id);
SELECT id, a NOT IN (SELECT b FROM ints) FROM ints;
SELECT id FROM ints WHERE (a IN (SELECT b FROM ints)) IS NULL;
SELECT id, CASE WHEN a IN (SELECT b FROM ints) THEN 'y' WHEN a NOT IN (SELECT b FROM ints) THEN 'n' ELSE 'u' END FROM ints;
SELECT id, EXISTS (SELECT 1 FROM numbers w WHERE w.id = ints.a) e, NOT EXISTS (SELECT 1 FROM numbers w WHERE w.id = ints.a) ne FROM ints;
SELECT * FROM (SELECT id, region, qty, row_number() OVER (PARTITION BY region ORDER BY qty DESC, id) rn, count(*) OVER (PARTITION BY region) c FROM sales) WHERE rn < 3 AND c > 10;
SELECT id, (SELECT max(w.id) FROM numbers w WHERE w.id < o.a) m, (SELECT count(*) FROM numbers w WHERE w.id < o.a AND w.bool) c, (SELECT sum(w.id) FROM numbers w WHERE w.id = o.id) s FROM ints o;
SELECT id FROM ints o WHERE a > (SELECT avg(b) FROM ints i WHERE i.id <> o.id);
SELECT id FROM ints o WHERE EXISTS (SELECT 1 FROM ints j WHERE j.a = o.b AND EXISTS (SELECT 1 FROM numbers w WHERE w.id = j.id));
SELECT id, (SELECT o.a) x FROM ints o;
SELECT id, (SELECT i.a FROM ints i WHERE i.id = o.id ORDER BY i.a LIMIT 1) FROM ints o;
SELECT region, sum(qty) FROM sales s GROUP BY region;
SELECT region FROM sales s GROUP BY region HAVING sum(qty) > (SELECT avg(qty) * 50 FROM sales);
SELECT region FROM sales s GROUP BY region HAVING EXISTS (SELECT 1 FROM numbers w WHERE w.id > 3);
SELECT id FROM ints WHERE a = (SELECT max(a) FROM ints) OR b IN (SELECT b FROM ints WHERE id < 2);
SELECT * FROM ints o WHERE id IN (WITH c AS (SELECT id FROM numbers w WHERE w.id < 5) SELECT id FROM c);
SELECT id, (WITH c AS (SELECT max(w.id) m FROM numbers w WHERE w.id < o.id) SELECT m FROM c) FROM ints o;
SELECT a.id, b.id FROM ints a LEFT JOIN ints b ON a.id = b.id AND a.a IN (SELECT i FROM numbers);
SELECT EXISTS (SELECT 1 FROM nothing), (SELECT max(a) FROM nothing), 1 IN (SELECT a FROM nothing);
-- Translated as the joins that Spark makes of them.
SELECT o.id FROM ints o WHERE EXISTS (SELECT count(*) FROM numbers w WHERE w.id = o.a);
SELECT o.id, EXISTS (SELECT max(w.id) FROM numbers w WHERE w.id > o.a) FROM ints o;
SELECT o.id FROM ints o WHERE o.id IN (SELECT count(*) FROM numbers w WHERE w.id = o.a);
SELECT o.id, o.id NOT IN (SELECT count(*) FROM numbers w WHERE w.id <= o.a) FROM ints o;
SELECT o.id FROM ints o WHERE (o.id, o.a) IN (SELECT w.id, i FROM numbers w WHERE w.id <= o.b);
SELECT o.id FROM ints o WHERE o.a IN (SELECT w.id FROM numbers w WHERE w.id <= o.id ORDER BY w.id DESC LIMIT 2);
SELECT o.id, (SELECT count(*) FROM numbers w WHERE w.id = o.a GROUP BY w.id) FROM ints o;
SELECT o.id, (SELECT count(*) FROM numbers w WHERE w.id = o.a GROUP BY w.i % 1) FROM ints o;
SELECT o.id FROM ints o WHERE (SELECT max(w.id) FROM numbers w WHERE w.id = o.a GROUP BY w.id) > 3 OR o.id = 1;
SELECT o.id, (SELECT sum(x) FROM (SELECT w.id - o.a AS x FROM numbers w)) FROM ints o;
SELECT o.id, (SELECT count(*) FROM numbers w WHERE w.id = o.b) c, (SELECT sum(w.d) FROM numbers w WHERE w.id = o.b GROUP BY w.id) s FROM ints o;
SELECT id FROM ints o WHERE NOT ((a IN (SELECT b FROM ints)) = (b > 2));
-- expect: refused OPERATOR_NOT_SUPPORTED
SELECT o.id FROM ints o WHERE o.a IN (SELECT w.id FROM numbers w WHERE w.id <= o.id LIMIT 2);
-- expect: refused OPERATOR_NOT_SUPPORTED
SELECT o.id FROM ints o JOIN numbers w ON o.id = w.id AND EXISTS (SELECT 1 FROM ints i WHERE i.id = o.a AND i.id = w.id);
SELECT id FROM ints WHERE a NOT IN (SELECT b FROM ints WHERE id > 1000);
SELECT count(*) FROM ints WHERE a + b NOT IN (SELECT b FROM ints WHERE id > 1000);
-- Over no rows NULL IN is FALSE, but not for a NULL that Spark's optimiser sees where ANSI mode is off.
-- set: spark.sql.ansi.enabled=false
-- expect: refused OPERATOR_NOT_SUPPORTED
SELECT id FROM ints WHERE CAST(NULL AS INT) NOT IN (SELECT b FROM ints WHERE id > 1000);
-- set: spark.sql.ansi.enabled=false
-- expect: refused OPERATOR_NOT_SUPPORTED
SELECT id FROM (SELECT id, CAST(NULL AS INT) AS n FROM ints) WHERE n + 1 NOT IN (SELECT b FROM ints WHERE id > 1000);
