-- Where events $2 to $3 of guest $1 are. Four searches halve over the versions at once: each holds on to the last
-- marked version that is known to be below what it looks for, and to one from which on none is.
WITH RECURSIVE search (mark, sequence, below, above) AS (
    SELECT mark, sequence, 0::bigint, coalesce((SELECT version FROM head WHERE guest = $1), 0) + 1
    FROM (VALUES (1, $2::bigint), (2, $3::bigint), (3, $2::bigint), (4, $3::bigint)) AS wanted (mark, sequence)
    UNION ALL
    SELECT
        search.mark, sequence,
        CASE WHEN found.reads < sequence THEN found.version ELSE below END,
        CASE WHEN found.reads < sequence THEN above ELSE middle END
    FROM search
    CROSS JOIN LATERAL (SELECT below + (above - below) / 2 AS middle) AS half
    LEFT JOIN LATERAL (
        SELECT version, CASE search.mark WHEN 3 THEN reached WHEN 4 THEN settled ELSE accepted END AS reads
        FROM journal
        WHERE guest = $1 AND version >= middle AND version < above AND accepted > 0
        ORDER BY version
        LIMIT 1
    ) AS found ON true
    WHERE above - below > 1
)
-- 0 is the oldest commit's mark, 1 and 2 span what accepted the events, 3 and 4 what sent them, 5 is each revisit.
SELECT 0, (SELECT accepted FROM journal WHERE guest = $1 ORDER BY version LIMIT 1)
UNION ALL
SELECT mark, CASE
    WHEN mark IN (1, 3) THEN below
    ELSE coalesce(
        (SELECT version FROM journal WHERE guest = $1 AND version > below AND accepted > 0 ORDER BY version LIMIT 1),
        (SELECT version FROM head WHERE guest = $1),
        0)
    END
FROM search WHERE above - below <= 1
UNION ALL
SELECT 5, version FROM (
    SELECT DISTINCT version FROM revisit WHERE guest = $1 AND sequence BETWEEN $2 AND $3 ORDER BY version
) AS again;
