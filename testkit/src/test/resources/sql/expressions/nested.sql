SELECT id, a, st, m, x FROM nested;
SELECT id, st.a, st.b, size(a), size(m), cardinality(a), array(id, 2), struct(id, st.b), named_struct('p', id, 'q', array(1)) FROM nested;
SELECT id, transform(a, v -> v + 1), transform(a, (v, i) -> v * i), filter(a, v -> v > 1) FROM nested;
SELECT id, e FROM nested LATERAL VIEW explode(a) t AS e;
SELECT id, e FROM nested LATERAL VIEW OUTER explode(a) t AS e;
SELECT id, p, e FROM nested LATERAL VIEW posexplode(a) t AS p, e;
SELECT id, explode(array(1, 2, id)) AS e FROM nested;
SELECT id, e + 1, st.a FROM nested LATERAL VIEW explode(a) t AS e WHERE e > 1 ORDER BY id, e;
SELECT id, p, e FROM nested LATERAL VIEW OUTER posexplode(a) t AS p, e;
SELECT id, a[0], element_at(x, 1) FROM nested WHERE size(a) > 0;
-- expect: error INVALID_ARRAY_INDEX
SELECT id, a[5] FROM nested;
SELECT a, count(*) FROM nested GROUP BY a;
-- expect: refused TYPE_NOT_SUPPORTED
SELECT m, count(*) FROM nested GROUP BY ALL;
SELECT id FROM nested ORDER BY st, id;
SELECT id, array(1, 2) < a, a < array(3), array(3, 1) >= a, a > array(1, CAST(NULL AS INT)), struct(1 AS a, 'x' AS b) <= st FROM nested;
SELECT id, struct(id AS a, size(a) AS b) IN (struct(1 AS c, 1 AS d)), struct(id AS a) = struct(1 AS c) FROM nested;
-- A column may be called as a lambda's variable is.
-- ansi: both
SELECT id, array(1, 2) < array(k1), array(k1) < array(1, 2), array(array(k1), array(k2)) < array(array(2), array(k1)), transform(array(k1, k2), x -> x + k1 + e) FROM (SELECT id, nullif(id, 3) AS k1, id + 1 AS k2, id AS e, id AS x FROM nested);
SELECT mode(e, true), mode() WITHIN GROUP (ORDER BY x), kurtosis(e) FROM (SELECT id AS e, id % 3 AS x, id AS entries, id AS xs FROM sales);
