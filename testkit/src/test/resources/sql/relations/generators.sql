-- ansi: both
SELECT id, v.k, v.e FROM nested LATERAL VIEW explode(m) v AS k, e;
SELECT id, v.k, v.e FROM nested LATERAL VIEW OUTER explode(m) v AS k, e;
SELECT id, p, k, e FROM nested LATERAL VIEW posexplode(m) v AS p, k, e;
SELECT id, p, k, e FROM nested LATERAL VIEW OUTER posexplode(m) v AS p, k, e;
SELECT id, p, e FROM nested LATERAL VIEW OUTER posexplode(x) v AS p, e;
SELECT id, inline(array(struct(id AS q, 'a' AS r), struct(id + 1 AS q, 'b' AS r))) FROM nested;
SELECT id, inline_outer(CASE WHEN id > 2 THEN array(struct(id AS q, 'a' AS r), NULL, struct(id + 1 AS q, 'b' AS r)) END) FROM nested;
SELECT id, stack(2, id, 'x', id + 1, 'y') FROM nested;
SELECT id, stack(2, id, 'x', id + 1) AS (aa, bb) FROM nested;
SELECT id, stack(3, id, a, NULL, x) AS (aa, bb) FROM (SELECT id, a[0] a, id x FROM nested WHERE id IN (1, 4));
SELECT id, posexplode_outer(filter(a, v -> v > 1)) AS (p, e) FROM nested;
SELECT id, explode(filter(a, v -> v > 1)) AS e FROM nested;
SELECT * FROM inline(array(struct(1, 'a'), struct(2, 'b')));
SELECT * FROM stack(2, 1, 'a', 2, 'b');
SELECT n.id, t.k, t.v FROM nested n, LATERAL explode(n.m) AS t(k, v);
SELECT n.id, t.* FROM nested n, LATERAL posexplode(n.a) AS t;
-- Spark's answer depends on what its optimiser makes of the join
-- expect: refused OPERATOR_NOT_SUPPORTED
SELECT n.id, t.e FROM nested n LEFT JOIN LATERAL explode(n.a) AS t(e);
SELECT n.id, t.e FROM nested n JOIN LATERAL explode(n.a) AS t(e) ON t.e > 1;
SELECT * FROM explode(array(1, 2, 3));
SELECT * FROM range(1, 10, 3);
SELECT id, e, f FROM nested LATERAL VIEW explode(a) AS e LATERAL VIEW explode(x) AS f;
SELECT id, e, count(*) FROM nested LATERAL VIEW explode(a) AS e GROUP BY id, e;
