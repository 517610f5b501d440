-- One statement is one transaction and one round trip. $1 to $6 and $15 to $18 are columns of guests, in key
-- order; $7 to $11 of rows; $12 is the commit id; $13 and $14 are columns of search terms; $19 to $26 of events
-- set aside, $27 and $28 of those that no longer are; $29 to $36 of people's acts; $37 to $39 of rows again;
-- $40 to $43 of events that rows come back to; $44 of events set aside again.
WITH step AS (
    SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::boolean[], $5::text[], $6::text[],
            $15::int[], $16::bigint[], $17::text[], $18::boolean[])
        AS step (guest, before, version, pending, tenant, name, undelivered, since, block, hot)
),
-- The fence. A guest that has a head is not new, whatever its row says.
opened AS (
    INSERT INTO head (guest, version, pending, tenant, name, undelivered, since, block, hot)
    SELECT guest, version, pending, tenant, name, undelivered, since, block, hot FROM step WHERE before = 0
    ON CONFLICT (guest) DO NOTHING
    RETURNING guest
),
-- The fence. Whoever waits here for another writer looks again once that one is done.
moved AS (
    UPDATE head SET version = step.version, pending = step.pending, undelivered = step.undelivered,
        since = step.since, block = step.block, hot = step.hot FROM step
    WHERE step.before > 0 AND head.guest = step.guest AND head.version = step.before
    RETURNING head.guest
),
through AS (SELECT guest FROM opened UNION ALL SELECT guest FROM moved),
-- "IS TRUE" keeps the planner from a join: it hashes the few guests, however many it expects.
written AS (
    INSERT INTO journal (guest, version, commit_id, at, day, format, payload, accepted, reached, settled)
    SELECT guest, version, $12, at, (now() AT TIME ZONE 'UTC')::date, format, payload, accepted, reached, settled
    FROM unnest($7::uuid[], $8::bigint[], $9::bigint[], $10::int[], $11::bytea[],
            $37::bigint[], $38::bigint[], $39::bigint[])
        AS line (guest, version, at, format, payload, accepted, reached, settled)
    WHERE (guest IN (SELECT guest FROM through)) IS TRUE
),
indexed AS (
    INSERT INTO term (hash, guest)
    SELECT hash, guest FROM unnest($13::uuid[], $14::uuid[]) AS found (hash, guest)
    WHERE (guest IN (SELECT guest FROM through)) IS TRUE
    ON CONFLICT DO NOTHING
),
listed AS (
    INSERT INTO aside (guest, sequence, tenant, in_doubt, at, event_id, type, code, warnings)
    SELECT guest, sequence, tenant, in_doubt, at, event_id, type, code, warnings
    FROM unnest($19::uuid[], $20::bigint[], $21::text[], $22::boolean[], $23::bigint[], $24::text[], $25::text[], $26::text[],
            $44::text[])
        AS found (guest, sequence, tenant, in_doubt, at, event_id, type, code, warnings)
    WHERE (guest IN (SELECT guest FROM through)) IS TRUE
    ON CONFLICT (guest, sequence) DO UPDATE
    SET in_doubt = excluded.in_doubt, at = excluded.at, type = excluded.type, code = excluded.code,
        warnings = excluded.warnings
),
unlisted AS (
    DELETE FROM aside USING unnest($27::uuid[], $28::bigint[]) AS gone (guest, sequence)
    WHERE aside.guest = gone.guest AND aside.sequence = gone.sequence
      AND (gone.guest IN (SELECT guest FROM through)) IS TRUE
),
acted AS (
    INSERT INTO act (tenant, at, by, kind, reason, guest, sequence, event_id)
    SELECT tenant, at, by, kind, reason, guest, sequence, event_id
    FROM unnest($29::text[], $30::bigint[], $31::text[], $32::text[], $33::text[], $34::uuid[], $35::bigint[],
            $36::text[])
        AS found (tenant, at, by, kind, reason, guest, sequence, event_id)
    WHERE (guest IN (SELECT guest FROM through)) IS TRUE
),
revisited AS (
    INSERT INTO revisit (guest, sequence, version, at)
    SELECT guest, sequence, version, at
    FROM unnest($40::uuid[], $41::bigint[], $42::bigint[], $43::bigint[]) AS found (guest, sequence, version, at)
    WHERE (guest IN (SELECT guest FROM through)) IS TRUE
)
SELECT guest FROM through;
