-- Which commits have expired, and their deletion.

-- name: uncovered
-- Starts from the old commits. Covered ones were deleted an hour ago at the latest, so they are few, however many guests
-- there are. The plus keeps SQLite from choosing the index on the guest.
SELECT DISTINCT head.guest, head.tenant FROM journal INDEXED BY journal_at
CROSS JOIN head ON head.guest = journal.guest
WHERE journal.at < @before
  AND +journal.guest > @after
  AND journal.version > coalesce((SELECT version FROM snapshot WHERE snapshot.guest = journal.guest), 0)
ORDER BY head.guest
LIMIT @limit;

-- name: delete-expired
DELETE FROM journal WHERE id IN (
    SELECT expired.id FROM journal AS expired
    CROSS JOIN snapshot ON snapshot.guest = expired.guest AND snapshot.version >= expired.version
    WHERE expired.at < @before
    ORDER BY expired.at
    LIMIT @limit);

-- name: clear-kept
-- The guest's last deliveries, if they are old and a snapshot covers them. No index has them, because they change with
-- every event; this reads all heads. It runs when commits expire.
UPDATE head SET kept = x'', kept_at = 0, kept_commit = 0
WHERE kept_at > 0 AND kept_at < @before
  AND version = (SELECT snapshot.version FROM snapshot WHERE snapshot.guest = head.guest);

-- name: delete-late-changes
-- Deletes the rows of late changes whose commit is gone.
DELETE FROM late_change WHERE at < @before AND NOT EXISTS (
    SELECT 1 FROM journal WHERE journal.guest = late_change.guest AND journal.version = late_change.version);
