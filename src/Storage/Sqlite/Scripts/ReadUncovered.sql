-- Walks the heads in key order, so that all pages together read each head once.
SELECT head.guest, head.tenant FROM head
WHERE head.guest > $after
  AND EXISTS (
    SELECT 1 FROM journal
    WHERE journal.guest = head.guest
      AND journal.version > coalesce((SELECT version FROM snapshot WHERE snapshot.guest = head.guest), 0)
      AND journal.at < $before)
ORDER BY head.guest
LIMIT $limit;
