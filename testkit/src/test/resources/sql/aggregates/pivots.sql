-- ansi: both
SELECT * FROM (SELECT region, product, qty FROM sales) PIVOT (sum(qty) FOR product IN ('p1', 'p2', 'p3'));
SELECT * FROM (SELECT region, product, qty, price FROM sales) PIVOT (sum(qty) AS s, max(price) AS m FOR product IN ('p1' AS a, 'p2' AS b));
SELECT * FROM (SELECT region, product, day, qty FROM sales) PIVOT (sum(qty) FOR (product, region) IN (('p1', 'region 1') AS a, ('p2', 'region 2') AS b));
SELECT * FROM (SELECT region, product, qty FROM sales) PIVOT (count(*) FOR product IN ('p1', 'p2', 'p3'));
SELECT * FROM (SELECT region, qty % 3 AS k, score FROM sales) PIVOT (avg(score) FOR k IN (0, 1, 2));
SELECT * FROM (SELECT year(day) y, region, product FROM sales) PIVOT (max(product) AS m, min(product) FOR region IN ('region 1', NULL AS none));
FROM sales |> PIVOT (sum(qty) FOR product IN ('p1', 'p2')) |> SELECT id, p1, p2;
SELECT * FROM (SELECT id, a, b FROM ints) UNPIVOT (v FOR n IN (a, b));
SELECT * FROM (SELECT id, a, b FROM ints) UNPIVOT INCLUDE NULLS (v FOR n IN (a AS x, b AS y));
SELECT * FROM (SELECT id, a, b, x, y FROM ints) UNPIVOT ((v, w) FOR n IN ((a, x) AS q1, (b, y) AS q2));
