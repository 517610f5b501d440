-- The owner of each browser id.

-- name: lock
-- In key order, so that two silos never wait for each other. Besides taking the lock this makes the transaction a writing
-- one even if no claim succeeds, so that its commit waits for a synchronous standby.
SELECT 1 FROM owner WHERE browser = ANY (@browsers::uuid[]) ORDER BY browser FOR NO KEY UPDATE;

-- name: insert
-- Returns the browsers that had no owner.
INSERT INTO owner (browser, guest, previous, generation, name)
SELECT browser, guest, NULL, 1, name
FROM unnest(@browsers::uuid[], @guests::uuid[], @names::text[], @after::bigint[]) AS claim (browser, guest, name, after)
WHERE after = 0
ON CONFLICT (browser) DO NOTHING
RETURNING browser;

-- name: move
-- Of two claims for one browser, one succeeds; the other finds that the row has moved.
UPDATE owner SET
    previous = CASE WHEN owner.guest = claim.guest THEN owner.previous ELSE owner.guest END,
    guest = claim.guest, name = claim.name, generation = claim.after + 1
FROM unnest(@browsers::uuid[], @guests::uuid[], @names::text[], @after::bigint[]) AS claim (browser, guest, name, after)
WHERE claim.after > 0 AND owner.browser = claim.browser AND owner.generation = claim.after;

-- name: read
SELECT owner.guest, owner.name, owner.generation, owner.previous
FROM unnest(@browsers::uuid[]) WITH ORDINALITY AS asked (browser, place)
JOIN owner ON owner.browser = asked.browser
ORDER BY asked.place;
