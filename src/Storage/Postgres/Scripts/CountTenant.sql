-- Each count ends at a bound, so that a bad day does not make the question of how bad it is an expensive one.
SELECT
    (SELECT count(*)::int FROM (SELECT 1 FROM head WHERE pending AND tenant = $1 LIMIT $2) AS waiting),
    (SELECT count(*)::int FROM (SELECT 1 FROM head WHERE hot AND tenant = $1 LIMIT $2) AS hot),
    (SELECT count(*)::int FROM (SELECT 1 FROM aside WHERE tenant = $1 AND NOT in_doubt LIMIT $2) AS refused),
    (SELECT count(*)::int FROM (SELECT 1 FROM aside WHERE tenant = $1 AND in_doubt LIMIT $2) AS doubted),
    (SELECT coalesce(min(nullif(since, 0)), 0)
        FROM (SELECT since FROM head WHERE pending AND tenant = $1 LIMIT $2) AS longest);
