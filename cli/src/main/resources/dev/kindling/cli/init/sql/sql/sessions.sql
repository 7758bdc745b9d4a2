-- The visits of each visitor, cut where half an hour passes without one.
WITH gaps AS (
  SELECT
    *,
    at - lag(at) OVER (PARTITION BY visitor ORDER BY at) > INTERVAL '30' MINUTE AS pause
  FROM visits
),
numbered AS (
  SELECT
    visitor,
    page,
    at,
    1 + count(CASE WHEN pause THEN 1 END) OVER (PARTITION BY visitor ORDER BY at) AS session
  FROM gaps
)
SELECT
  visitor,
  session,
  min(at) AS started,
  transform(array_sort(collect_list(named_struct('at', at, 'page', page))), v -> v.page) AS pages
FROM numbered
GROUP BY visitor, session
