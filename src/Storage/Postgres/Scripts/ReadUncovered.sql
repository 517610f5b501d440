-- $1 is the day before which partitions have expired as a whole, $2 the same moment in ticks for commits
-- that claim to be older than their day. Both are walked in key order, only as far as the page goes;
-- partitions that are not due are not opened, but for the index of such claims, which is next to empty.
SELECT head.guest, head.tenant FROM (
    (
        SELECT DISTINCT guest FROM journal
        WHERE day < $1 AND guest > $3
          AND NOT EXISTS (
            SELECT 1 FROM snapshot
            WHERE snapshot.guest = journal.guest AND snapshot.version >= journal.version)
        ORDER BY guest
        LIMIT $4
    )
    UNION
    (
        SELECT DISTINCT guest FROM journal
        WHERE at < (day - DATE '0001-01-01')::bigint * 864000000000 AND at < $2 AND guest > $3
          AND NOT EXISTS (
            SELECT 1 FROM snapshot
            WHERE snapshot.guest = journal.guest AND snapshot.version >= journal.version)
        ORDER BY guest
        LIMIT $4
    )
) AS due
JOIN head ON head.guest = due.guest
ORDER BY head.guest
LIMIT $4;
