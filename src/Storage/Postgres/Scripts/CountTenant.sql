-- Each count ends at a bound, so that a bad day does not make the question of how bad it is an expensive one. The order is
-- that of an index: without it a tenant that has little is looked for among all the others' rows.
SELECT
    (SELECT count(*)::int FROM (
        SELECT 1 FROM head WHERE pending AND tenant = $1 ORDER BY guest LIMIT $2) AS waiting),
    (SELECT count(*)::int FROM (
        SELECT 1 FROM head WHERE hot AND tenant = $1 ORDER BY guest LIMIT $2) AS hot),
    (SELECT count(*)::int FROM (
        SELECT 1 FROM aside WHERE tenant = $1 AND in_doubt = false ORDER BY at, guest, sequence LIMIT $2) AS refused),
    (SELECT count(*)::int FROM (
        SELECT 1 FROM aside WHERE tenant = $1 AND in_doubt = true ORDER BY at, guest, sequence LIMIT $2) AS doubted),
    (SELECT coalesce(min(nullif(since, 0)), 0) FROM (
        SELECT since FROM head WHERE pending AND tenant = $1 ORDER BY guest LIMIT $2) AS longest);
