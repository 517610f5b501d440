-- From one partition that cannot go as a whole, because it holds commits that no snapshot covers.
DELETE FROM journal USING (
    SELECT old.guest, old.version, old.day FROM journal AS old
    WHERE old.day >= $1 AND old.day < $2 AND EXISTS (
        SELECT 1 FROM snapshot WHERE snapshot.guest = old.guest AND snapshot.version >= old.version)
    LIMIT $3) AS expired
WHERE journal.guest = expired.guest AND journal.version = expired.version AND journal.day = expired.day
  AND journal.day >= $1 AND journal.day < $2;
