-- ansi: both
SELECT id, ts - TIMESTAMP'2020-01-01 00:00:00', d - DATE'2020-01-01', ntz - TIMESTAMP_NTZ'2020-01-01 00:00:00' FROM times;
SELECT id, (ts - TIMESTAMP'2020-01-01 00:00:00') > INTERVAL '1' DAY, (ts - TIMESTAMP'2020-01-01 00:00:00') * 2, (d - DATE'2020-01-01') / 2, (d - DATE'2020-01-01') * 1.5 FROM times WHERE id IN (1, 5, 6, 7);
SELECT sum(d - DATE'2020-01-01'), max(ts - TIMESTAMP'2020-01-01 00:00:00'), min(make_ym_interval(n, 1)), sum(make_ym_interval(n, 1)), count(DISTINCT d - DATE'2020-01-01') FROM times;
SELECT n % 3, sum(d - DATE'2020-01-01'), max(make_ym_interval(n, 1)) FROM times GROUP BY 1;
SELECT id, make_ym_interval(n, 2), make_dt_interval(n, 1, 2, 3.5), d + make_ym_interval(n, 2), ts + make_dt_interval(n, 1, 2, 3.5), make_ym_interval(n, 2) * 2, ntz - make_dt_interval(n), ts - make_ym_interval(n) FROM times WHERE id NOT IN (10, 11);
SELECT id, extract(DAY FROM (ts - TIMESTAMP'2020-01-01 00:00:00')), extract(HOUR FROM (ts - ntz)), CAST(d - DATE'2020-01-01' AS STRING), CAST(make_ym_interval(n, 2) AS STRING), CAST(d - DATE'2020-01-01' AS INT), extract(YEAR FROM make_ym_interval(n, 2)), extract(MONTH FROM make_ym_interval(n, 2)), extract(SECOND FROM ts - d) FROM times WHERE id NOT IN (10, 11);
SELECT make_ym_interval(n, 2) AS k, count(*) FROM times GROUP BY k ORDER BY k;
SELECT id, INTERVAL '1' YEAR + INTERVAL '2' MONTH, -(ts - TIMESTAMP'2020-01-01 00:00:00'), abs(d - DATE'2020-01-01'), coalesce(d - DATE'2020-01-01', INTERVAL '0' DAY), signum(d - DATE'2020-01-01'), (d - DATE'2020-01-01') + INTERVAL '1 02:03:04' DAY TO SECOND, make_ym_interval(n) - INTERVAL '1' MONTH FROM times;
SELECT id, CAST(s AS INTERVAL DAY), CAST(id AS INTERVAL YEAR) FROM strings WHERE s = '123';
SELECT id, array(d - DATE'2020-01-01'), struct(make_ym_interval(n) AS m) FROM times;
SELECT id, d + (d - DATE'2020-01-01'), DATE'2020-01-01' + make_dt_interval(id) FROM times WHERE id NOT IN (10, 11);
SELECT id, lag(d - DATE'2020-01-01') OVER (ORDER BY id), sum(d - DATE'2020-01-01') OVER (ORDER BY id), rank() OVER (ORDER BY ts - ntz, id) FROM times;
SELECT a.id, b.id FROM times a JOIN times b ON (a.d - DATE'2020-01-01') = (b.d - DATE'2020-01-01');
SELECT CASE WHEN n > 1 THEN INTERVAL '1' DAY ELSE INTERVAL '2' HOUR END, if(n > 1, INTERVAL '1' YEAR, NULL), greatest(d - DATE'2020-01-01', INTERVAL '3' DAY), (d - DATE'2020-01-01') IN (INTERVAL '0' DAY, INTERVAL '1096' DAY), (d - DATE'2020-01-01') BETWEEN INTERVAL '0' DAY AND INTERVAL '2000' DAY FROM times;
SELECT avg(d - DATE'2020-01-01'), try_sum(ts - ntz), try_avg(ts - ntz) FROM times;
SELECT n % 3, avg(make_ym_interval(n, 1)), avg(make_dt_interval(n, 1, 2, 3.5)), try_avg(make_ym_interval(-n)), try_sum(make_dt_interval(n)) FROM times GROUP BY 1;
SELECT id, avg(make_ym_interval(n)) OVER (ORDER BY id) FROM times;
SELECT avg(make_ym_interval(a)), try_sum(make_dt_interval(a)) FROM nothing;
SELECT collect_set(make_ym_interval(n)), max(ts - ntz) FROM times WHERE id < 8;
SELECT id, hash(d - DATE'2020-01-01'), xxhash64(make_ym_interval(n)), approx_count_distinct(d - DATE'2020-01-01') OVER () FROM times;
SELECT (d - DATE'2020-01-01') x FROM times UNION SELECT INTERVAL '1' DAY FROM ints ORDER BY x;
SELECT count(*) FROM times WHERE ts - ntz > INTERVAL '1' SECOND;
SELECT try_add(d, INTERVAL '1' MONTH), try_add(ts, make_dt_interval(n)), try_subtract(ts, INTERVAL '1' DAY), try_multiply(make_ym_interval(n), 2), try_divide(make_dt_interval(n), 2) FROM times WHERE id NOT IN (10, 11);
-- expect: refused TYPE_NOT_SUPPORTED
SELECT make_interval(0, 1, 0, n) FROM times;
-- expect: error CAST_OVERFLOW
SELECT make_dt_interval(l) FROM numbers;
-- expect: error INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION
SELECT make_ym_interval(i) FROM numbers;
SELECT id, cast(make_dt_interval(n, 3, 4, 5.678901) AS INTERVAL DAY TO HOUR), cast(make_ym_interval(n, 5) AS INTERVAL YEAR), cast(make_dt_interval(n) AS BIGINT) FROM times;
SELECT median(d - DATE'2020-01-01'), percentile(make_ym_interval(n), array(0.2, 0.5)), percentile_disc(0.4) WITHIN GROUP (ORDER BY ts - ntz) FROM times;
