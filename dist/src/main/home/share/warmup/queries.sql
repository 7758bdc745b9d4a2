SET spark.sql.session.timeZone = UTC;
CREATE TEMPORARY VIEW latest USING parquet OPTIONS (path 'out/latest');
SELECT category, sum(amount * (1 - 0.1)) AS a, avg(weight) AS b, count(*) AS c FROM latest
WHERE day <= DATE'2026-12-31' - INTERVAL 1 DAY AND category LIKE '%o%' GROUP BY category ORDER BY category;
WITH t AS (SELECT customer_id, max(amount) AS most FROM latest GROUP BY customer_id)
SELECT l.order_id, t.most, substring(l.category, 1, 3), year(l.day), date_format(l.changed, 'yyyy-MM'), upper(l.category)
FROM latest l JOIN t ON t.customer_id = l.customer_id AND t.most = l.amount
WHERE EXISTS (SELECT 1 FROM latest x WHERE x.customer_id = l.customer_id)
  AND l.amount < (SELECT 10 * avg(amount) FROM latest y WHERE y.category = l.category)
  AND l.category IN ('toys', 'books', 'games')
ORDER BY 1 LIMIT 5;
SELECT count(*) FROM latest UNION ALL SELECT count(DISTINCT category) FROM latest;
