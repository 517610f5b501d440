-- Which commits have expired, and their deletion.

-- name: uncovered
-- @day is the day before which partitions have expired as a whole; @before is the same moment in ticks, for commits that
-- claim to be older than their day. Both are read in key order, only as far as the page needs. Partitions that have not
-- expired are not opened, except the index of misdated commits, which is nearly empty.
SELECT head.guest, head.tenant FROM (
    (
        SELECT DISTINCT guest FROM journal
        WHERE day < @day AND guest > @after
          AND NOT EXISTS (
            SELECT 1 FROM snapshot
            WHERE snapshot.guest = journal.guest AND snapshot.version >= journal.version)
        ORDER BY guest
        LIMIT @limit
    )
    UNION
    (
        SELECT DISTINCT guest FROM journal
        WHERE at < (day - DATE '0001-01-01')::bigint * 864000000000 AND at < @before AND guest > @after
          AND NOT EXISTS (
            SELECT 1 FROM snapshot
            WHERE snapshot.guest = journal.guest AND snapshot.version >= journal.version)
        ORDER BY guest
        LIMIT @limit
    )
) AS due
JOIN head ON head.guest = due.guest
ORDER BY head.guest
LIMIT @limit;

-- name: count-covered
-- The number of commits of these days if a snapshot covers every one of them; otherwise NULL.
SELECT CASE WHEN NOT EXISTS (
    SELECT 1 FROM journal
    WHERE day >= @from AND day < @to AND NOT EXISTS (
        SELECT 1 FROM snapshot WHERE snapshot.guest = journal.guest AND snapshot.version >= journal.version)
) THEN (SELECT count(*) FROM journal WHERE day >= @from AND day < @to) END;

-- name: delete-covered
-- From a partition that cannot be dropped as a whole, because it holds commits that no snapshot covers.
DELETE FROM journal USING (
    SELECT old.guest, old.version, old.day FROM journal AS old
    WHERE old.day >= @from AND old.day < @to AND EXISTS (
        SELECT 1 FROM snapshot WHERE snapshot.guest = old.guest AND snapshot.version >= old.version)
    LIMIT @limit) AS expired
WHERE journal.guest = expired.guest AND journal.version = expired.version AND journal.day = expired.day
  AND journal.day >= @from AND journal.day < @to;

-- name: delete-misdated
DELETE FROM journal USING (
    SELECT misdated.guest, misdated.version, misdated.day FROM journal AS misdated
    WHERE misdated.at < (misdated.day - DATE '0001-01-01')::bigint * 864000000000 AND misdated.at < @before
      AND EXISTS (
        SELECT 1 FROM snapshot
        WHERE snapshot.guest = misdated.guest AND snapshot.version >= misdated.version)
    LIMIT @limit) AS expired
WHERE journal.guest = expired.guest AND journal.version = expired.version AND journal.day = expired.day;

-- name: delete-late-changes
-- Deletes the rows of late changes whose commit is gone.
DELETE FROM late_change WHERE at < @before AND NOT EXISTS (
    SELECT 1 FROM journal WHERE journal.guest = late_change.guest AND journal.version = late_change.version);

-- name: clear-kept
-- Guests' last deliveries, if they are old and a snapshot covers them. No index has them, because they change with every
-- event: this reads all heads. It runs when commits expire.
UPDATE head SET kept = '', kept_at = 0, kept_commit = 0 WHERE guest IN (
    SELECT head.guest FROM head JOIN snapshot ON snapshot.guest = head.guest AND snapshot.version >= head.version
    WHERE head.kept_at > 0 AND head.kept_at < @before LIMIT @limit FOR NO KEY UPDATE OF head SKIP LOCKED);

-- name: partitions
SELECT from_day, to_day, (now() AT TIME ZONE 'UTC')::date
FROM (VALUES (1)) AS always LEFT JOIN journal_partition ON true
ORDER BY from_day;

-- name: add-partition
INSERT INTO journal_partition (name, from_day, to_day) VALUES (@name, @from, @to);

-- name: remove-partition
DELETE FROM journal_partition WHERE name = @name;
