SELECT id, year(d), month(d), day(d), quarter(d), dayofweek(d), weekday(d), dayofyear(d), weekofyear(d), last_day(d), date_add(d, 1), date_sub(d, 1), datediff(d, DATE'2000-01-01'), add_months(d, -1), next_day(d, 'Mon'), months_between(d, DATE'2000-01-15') FROM times WHERE id NOT IN (10, 11);
SELECT id, trunc(d, 'year'), trunc(d, 'MM'), trunc(d, 'quarter'), trunc(d, 'week'), trunc(d, 'none'), date_trunc('MONTH', ts), date_trunc('HOUR', ts), date_trunc('DAY', ts), date_trunc('WEEK', ts) FROM times;
SELECT id, hour(ts), minute(ts), second(ts), year(ts), month(ts), day(ts), dayofweek(ts), hour(ntz), extract(SECOND FROM ts), extract(YEAR FROM ntz) FROM times;
SELECT id, d + INTERVAL 1 MONTH, d - INTERVAL 1 YEAR, d + INTERVAL 3 DAY, d + n, ts + INTERVAL 1 DAY, ts + INTERVAL 90 MINUTE, ts - INTERVAL 1 MONTH, ntz + INTERVAL 1 HOUR FROM times WHERE id NOT IN (10, 11);
SELECT id, date_format(ts, 'yyyy-MM-dd HH:mm'), date_format(d, 'EEE d MMM y'), unix_timestamp(ts), to_unix_timestamp(ts), unix_date(d), unix_micros(ts), from_unixtime(n, 'yyyy-MM-dd'), to_date(concat('2024-01-0', id % 9 + 1)), to_date('01/02/2024', 'dd/MM/yyyy'), to_timestamp('2024-01-01 10:00:00'), make_date(2024, 1, id), dayname(d), monthname(d) FROM times;
SELECT id, timestampdiff(HOUR, ts, TIMESTAMP'2024-06-01 00:00:00'), timestampadd(DAY, 1, ts), datediff(DAY, d, DATE'2024-06-01'), from_utc_timestamp(ts, 'Asia/Kathmandu'), to_utc_timestamp(ts, 'Europe/London') FROM times WHERE id NOT IN (10, 11);
SELECT id FROM times WHERE ts >= TIMESTAMP'2024-01-01 00:00:00' AND d BETWEEN DATE'2024-01-01' AND DATE'2024-12-31';
SELECT year(d) y, count(*), min(d), max(ts), min(ntz) FROM times GROUP BY year(d) ORDER BY y;
SELECT id, ts = CAST(ntz AS TIMESTAMP), CAST(ts AS TIMESTAMP_NTZ), ts > d FROM times;
-- set: spark.sql.session.timeZone=UTC
SELECT id, hour(ts), CAST(ts AS DATE), CAST(d AS TIMESTAMP), date_trunc('MONTH', ts), date_trunc('HOUR', ts), ts + INTERVAL 1 DAY, CAST(ts AS STRING), date_format(ts, 'HH:mm:ss.SSS') FROM times;
