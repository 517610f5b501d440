-- One statement is one transaction and one round trip. $1 to $6 hold a guest each, in key order; $7 to $12 a row
-- each; $13 and $14 a search term each.
WITH step AS (
    SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::boolean[], $5::text[], $6::text[])
        AS step (guest, before, version, pending, tenant, name)
),
-- The fence. A guest that has a head is not new, whatever its row says.
opened AS (
    INSERT INTO head (guest, version, pending, tenant, name)
    SELECT guest, version, pending, tenant, name FROM step WHERE before = 0
    ON CONFLICT (guest) DO NOTHING
    RETURNING guest
),
-- The fence. Whoever waits here for another writer looks again once that one is done.
moved AS (
    UPDATE head SET version = step.version, pending = step.pending FROM step
    WHERE step.before > 0 AND head.guest = step.guest AND head.version = step.before
    RETURNING head.guest
),
through AS (SELECT guest FROM opened UNION ALL SELECT guest FROM moved),
-- "IS TRUE" keeps the planner from a join: it hashes the few guests, however many it expects.
written AS (
    INSERT INTO journal (guest, version, commit_id, at, day, format, payload)
    SELECT guest, version, $12, at, (now() AT TIME ZONE 'UTC')::date, format, payload
    FROM unnest($7::uuid[], $8::bigint[], $9::bigint[], $10::int[], $11::bytea[])
        AS line (guest, version, at, format, payload)
    WHERE (guest IN (SELECT guest FROM through)) IS TRUE
),
indexed AS (
    INSERT INTO term (hash, guest)
    SELECT hash, guest FROM unnest($13::uuid[], $14::uuid[]) AS found (hash, guest)
    WHERE (guest IN (SELECT guest FROM through)) IS TRUE
    ON CONFLICT DO NOTHING
)
SELECT guest FROM through;
