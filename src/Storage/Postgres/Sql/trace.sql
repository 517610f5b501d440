-- Where in a guest's commits its events are.

-- name: trace
-- The commits of the events from @first to @last. Four binary searches over the versions run at once. Each
-- keeps two versions: the last one whose position is known to be too low, and one from which on no position is too low.
WITH RECURSIVE search (kind, sequence, below, above) AS (
    SELECT kind, sequence, 0::bigint, coalesce((SELECT version FROM head WHERE guest = @guest), 0) + 1
    FROM (VALUES (1, @first::bigint), (2, @last::bigint), (3, @first::bigint), (4, @last::bigint)) AS wanted (kind, sequence)
    UNION ALL
    SELECT
        search.kind, sequence,
        CASE WHEN found.reads < sequence THEN found.version ELSE below END,
        CASE WHEN found.reads < sequence THEN above ELSE middle END
    FROM search
    CROSS JOIN LATERAL (SELECT below + (above - below) / 2 AS middle) AS half
    LEFT JOIN LATERAL (
        SELECT version, CASE search.kind WHEN 3 THEN reached WHEN 4 THEN left_line ELSE accepted END AS reads
        FROM journal
        WHERE guest = @guest AND version >= middle AND version < above AND accepted > 0
        ORDER BY version
        LIMIT 1
    ) AS found ON true
    WHERE above - below > 1
)
-- Kind 0 is the position of the oldest commit, 1 and 2 span the commits that accepted the events, 3 and 4 those that sent
-- them, and 5 is each late change.
SELECT 0, (SELECT accepted FROM journal WHERE guest = @guest ORDER BY version LIMIT 1)
UNION ALL
SELECT kind, CASE
    WHEN kind IN (1, 3) THEN below
    ELSE coalesce(
        (SELECT version FROM journal WHERE guest = @guest AND version > below AND accepted > 0 ORDER BY version LIMIT 1),
        (SELECT version FROM head WHERE guest = @guest),
        0)
    END
FROM search WHERE above - below <= 1
UNION ALL
SELECT 5, version FROM (
    SELECT DISTINCT version FROM late_change WHERE guest = @guest AND sequence BETWEEN @first AND @last ORDER BY version
) AS late;
