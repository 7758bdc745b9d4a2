-- How often a page is seen, and the share of sessions that see it.
SELECT
  page,
  count(*) AS views,
  round(count(DISTINCT visitor, session) / (SELECT count(*) FROM sessions), 3) AS share
FROM sessions
LATERAL VIEW explode(pages) AS page
GROUP BY page
