SELECT region, corr(qty, price), covar_pop(qty, price), covar_samp(qty, score), skewness(qty), kurtosis(qty), regr_slope(qty, score), regr_intercept(qty, score), regr_r2(qty, score), regr_count(qty, score), regr_avgx(qty, score), regr_avgy(qty, score), regr_sxx(qty, score), regr_syy(qty, score), regr_sxy(qty, score) FROM sales GROUP BY region;
SELECT qty, corr(id, price), covar_samp(qty, price), skewness(qty), kurtosis(qty), stddev(qty), var_samp(price), stddev_pop(score) FROM sales GROUP BY qty;
SELECT id, corr(x, y), covar_samp(x, y), covar_pop(x, y), skewness(x), kurtosis(x), stddev(x), var_pop(x), regr_slope(x, y), regr_intercept(x, y), regr_r2(x, y), regr_count(x, y), regr_sxx(x, y), regr_sxy(x, y) FROM ints GROUP BY id;
SELECT corr(a, a), covar_samp(a, a), skewness(a), kurtosis(a), regr_slope(a, a), regr_r2(a, a), regr_sxy(a, a), regr_sxx(a, a), stddev(a) FROM nothing;
-- expect: error DIVIDE_BY_ZERO
SELECT qty % 2, corr(1.5D, price), regr_r2(1, qty), regr_r2(qty, 1), regr_slope(qty, 1) FROM sales GROUP BY 1;
SELECT qty % 2, regr_r2(1, qty), regr_r2(qty, 1), regr_slope(qty, 1), regr_slope(1, qty) FROM sales GROUP BY 1;
-- set: spark.sql.ansi.enabled=false
SELECT qty % 2, corr(1.5D, price), regr_r2(1, qty), regr_r2(qty, 1), regr_slope(qty, 1) FROM sales GROUP BY 1;
SELECT kurtosis(CASE WHEN array(id) < array(2) THEN 1.0D ELSE 2.5D + id END), skewness(CASE WHEN array(id) < array(id + 1) THEN 1.0D + id ELSE 2.5D END) FROM nested;
-- A sum of floats within a nested value is as close as one by itself.
SELECT id, array(s, 1.0D), named_struct('s', s) FROM (SELECT id, stddev(x) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s FROM ints) q;
