-- The head and the snapshot in the first row, then the commits after the snapshot: one statement sees one
-- moment. Partitions from before the snapshot are not opened.
SELECT
    coalesce((SELECT version FROM head WHERE guest = $1), 0),
    snapshot.version, NULL, snapshot.format, snapshot.payload
FROM (VALUES (1)) AS always LEFT JOIN snapshot ON snapshot.guest = $1
UNION ALL (
    SELECT NULL, version, at, format, payload FROM journal
    WHERE guest = $1
      AND day >= coalesce((SELECT since FROM snapshot WHERE guest = $1), '-infinity')
      AND version > coalesce((SELECT version FROM snapshot WHERE guest = $1), 0)
    ORDER BY version);
