-- In key order, so that two silos never wait for each other. Besides the lock this makes the transaction one that
-- writes even if no claim succeeds, so that its commit waits for a synchronous standby.
SELECT 1 FROM owner WHERE browser = ANY ($1::uuid[]) ORDER BY browser FOR NO KEY UPDATE;
