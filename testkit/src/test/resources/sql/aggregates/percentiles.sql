-- ansi: both
SELECT region, percentile_cont(0.25) WITHIN GROUP (ORDER BY qty), percentile_disc(0.25) WITHIN GROUP (ORDER BY qty DESC), percentile(qty, 0.9), median(qty), median(score), percentile(qty, array(0.1, 0.5)), percentile(price, 0.3), percentile_disc(0.0) WITHIN GROUP (ORDER BY qty), percentile_disc(1.0) WITHIN GROUP (ORDER BY qty), percentile_disc(0.5) WITHIN GROUP (ORDER BY price), percentile_cont(0.33) WITHIN GROUP (ORDER BY score DESC) FROM sales GROUP BY region;
SELECT median(d), percentile(d, 0.5), median(x), percentile(x, 0.77), percentile(dec, 0.4), percentile(big, 0.4), percentile(l, 0.6), percentile(f, 0.1) FROM numbers JOIN ints USING (id);
SELECT median(a), percentile(a, array(0.5, 0.1)), percentile_disc(0.5) WITHIN GROUP (ORDER BY a) FROM nothing;
SELECT qty, median(score), percentile(price, 0.123) FILTER (WHERE id > 50) FROM sales GROUP BY qty;
SELECT id, percentile_cont(0.5) WITHIN GROUP (ORDER BY qty) OVER (PARTITION BY region), median(score) OVER (PARTITION BY product) FROM sales;
-- expect: refused NOT_DETERMINISTIC
SELECT region, mode(qty) FROM sales GROUP BY region;
SELECT region, mode() WITHIN GROUP (ORDER BY qty), mode(qty, true), mode() WITHIN GROUP (ORDER BY product DESC), mode() WITHIN GROUP (ORDER BY price) FROM sales GROUP BY region;
SELECT mode(a, true) FROM nothing;
