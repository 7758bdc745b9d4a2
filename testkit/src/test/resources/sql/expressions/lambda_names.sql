-- Columns with the names that a translation may give to its own variables.
SELECT array(1, 2) < array(k1), array(k1) <= a1, struct(k1 AS a) < struct(2 AS a) FROM (SELECT id AS k1, a AS a1 FROM nested);
SELECT k1, k2, k3 FROM (SELECT array(array(id)) AS k1, id AS k2, array(id) AS k3 FROM nested) ORDER BY k1, k3, k2;
SELECT transform(a, v -> v + x1), filter(a, x2 -> x2 > x1) FROM (SELECT id AS x1, id AS x2, a FROM nested);
SELECT skewness(x), kurtosis(x), skewness(k), kurtosis(y) FROM (SELECT CAST(id AS DOUBLE) AS x, CAST(id * id AS DOUBLE) AS k, CAST(id AS DOUBLE) / 2 AS y FROM nested);
SELECT x, skewness(y) FROM (SELECT id % 2 AS x, CAST(id * id AS DOUBLE) AS y FROM nested) GROUP BY x;
SELECT mode() WITHIN GROUP (ORDER BY e), mode() WITHIN GROUP (ORDER BY k DESC), mode() WITHIN GROUP (ORDER BY n) FROM (SELECT id % 2 AS e, id % 3 AS k, id % 2 AS n FROM nested);
SELECT percentile(p, 0.3), percentile(xs, 0.5), percentile_disc(0.5) WITHIN GROUP (ORDER BY xs) FROM (SELECT id AS p, id * 2 AS xs FROM nested);
SELECT w1, map_keys(map(w1, a)), sort_array(flatten(array(a, array(w1)))), to_json(struct(w1, a)) FROM (SELECT id AS w1, a FROM nested);
