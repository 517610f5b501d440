-- Of two claims of one browser one is taken, whichever; the other finds the row moved.
UPDATE owner SET
    previous = CASE WHEN owner.guest = claim.guest THEN owner.previous ELSE owner.guest END,
    guest = claim.guest, name = claim.name, generation = claim.after + 1
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[]) AS claim (browser, guest, name, after)
WHERE claim.after > 0 AND owner.browser = claim.browser AND owner.generation = claim.after;
