-- Driven by the commits that are old: covered ones have been deleted an hour ago, so these are few, however
-- many guests there are. The plus keeps the guest from choosing the index.
SELECT DISTINCT head.guest, head.tenant FROM journal INDEXED BY journal_at
CROSS JOIN head ON head.guest = journal.guest
WHERE journal.at < $before
  AND +journal.guest > $after
  AND journal.version > coalesce((SELECT version FROM snapshot WHERE snapshot.guest = journal.guest), 0)
ORDER BY head.guest
LIMIT $limit;
