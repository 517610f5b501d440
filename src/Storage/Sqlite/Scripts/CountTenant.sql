-- Each count ends at a bound, so that a bad day does not make the question of how bad it is an expensive one.
SELECT
    (SELECT count(*) FROM (SELECT 1 FROM head WHERE pending = 1 AND tenant = $tenant LIMIT $most)),
    (SELECT count(*) FROM (SELECT 1 FROM head WHERE hot = 1 AND tenant = $tenant LIMIT $most)),
    (SELECT count(*) FROM (SELECT 1 FROM aside WHERE tenant = $tenant AND in_doubt = 0 LIMIT $most)),
    (SELECT count(*) FROM (SELECT 1 FROM aside WHERE tenant = $tenant AND in_doubt = 1 LIMIT $most)),
    (SELECT coalesce(min(nullif(since, 0)), 0)
        FROM (SELECT since FROM head WHERE pending = 1 AND tenant = $tenant LIMIT $most));
