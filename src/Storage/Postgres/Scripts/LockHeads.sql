-- Besides the lock this makes the transaction one that writes, so that its commit waits for a synchronous
-- standby: by then the standby has all that was visible here.
SELECT 1 FROM head WHERE guest = ANY ($1::uuid[]) ORDER BY guest FOR NO KEY UPDATE;
