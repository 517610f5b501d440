-- Those whose commit is gone.
DELETE FROM revisit WHERE at < $1 AND NOT EXISTS (
    SELECT 1 FROM journal WHERE journal.guest = revisit.guest AND journal.version = revisit.version);
