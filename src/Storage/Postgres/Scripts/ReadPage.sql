-- The head and how far a snapshot covers in the first row, then the commits: one statement sees one moment.
SELECT
    coalesce((SELECT version FROM head WHERE guest = $1), 0),
    coalesce((SELECT version FROM snapshot WHERE guest = $1), 0),
    NULL::bigint, NULL::int, NULL::bytea
UNION ALL (
    SELECT NULL, version, at, format, payload FROM journal
    WHERE guest = $1 AND version > $2
    ORDER BY version
    LIMIT $3);
