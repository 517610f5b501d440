-- Tombstones, and the deletion of what erased guests had.

-- name: erase
-- One statement is one transaction. The head fences every other writer of the guest; nothing happens unless it moves.
WITH moved AS (
    UPDATE head SET version = @version + 1, floor = @version + 1, erased = true, name = '',
        pending = false, maybe_pending = false, undelivered = 0, since = 0, block = '', hot = false,
        kept = '', kept_at = 0, kept_commit = 0
    WHERE guest = @guest AND version = @version AND NOT erased
    RETURNING guest
),
forgotten AS (
    DELETE FROM snapshot WHERE guest IN (SELECT guest FROM moved)
),
unlisted AS (
    DELETE FROM aside WHERE guest IN (SELECT guest FROM moved)
),
named AS (
    INSERT INTO erased_term (hash, guest)
    SELECT term.hash, moved.guest FROM unnest(@terms::uuid[]) AS term (hash), moved
    ON CONFLICT DO NOTHING
),
handed AS (
    INSERT INTO file (operation, part, tenant, until, payload)
    SELECT @operation, guest, @tenant, @until, @payload FROM moved WHERE length(@payload::bytea) > 0
    ON CONFLICT DO NOTHING
),
acted AS (
    INSERT INTO act (tenant, at, by, kind, reason, guest, sequence, event_id, via)
    SELECT @tenant, @at, @by, 'guest_erased', @reason, guest, 0, '', @via FROM moved WHERE guest = @of
)
INSERT INTO erasure (
    guest, of, operation, at, events, undelivered, aside, in_doubt, sent_sequence, sent_type, sent_attempt)
SELECT guest, @of, @operation, @at, @events, @undelivered, @aside, @in_doubt, @sent_sequence, @sent_type, @sent_attempt
FROM moved
ON CONFLICT (guest) DO NOTHING;

-- name: read
SELECT operation, at, events, undelivered, aside, in_doubt, sent_sequence, sent_type, sent_attempt
FROM erasure WHERE guest = @guest;

-- name: delete-commits
DELETE FROM journal USING head
WHERE journal.guest = ANY (@guests::uuid[]) AND head.guest = journal.guest AND head.erased
  AND journal.version <= head.floor;

-- name: delete-late-changes
DELETE FROM late_change USING head
WHERE late_change.guest = ANY (@guests::uuid[]) AND head.guest = late_change.guest AND head.erased;

-- name: delete-snapshots
DELETE FROM snapshot USING head
WHERE snapshot.guest = ANY (@guests::uuid[]) AND head.guest = snapshot.guest AND head.erased;

-- name: delete-asides
DELETE FROM aside USING head
WHERE aside.guest = ANY (@guests::uuid[]) AND head.guest = aside.guest AND head.erased;

-- name: delete-terms
-- Reads the whole index, which has no order by guest: ingest would pay for one with every new term.
DELETE FROM term USING head
WHERE term.guest = ANY (@guests::uuid[]) AND head.guest = term.guest AND head.erased;

-- name: blank-browsers
UPDATE owner SET name = '' FROM head
WHERE owner.guest = ANY (@guests::uuid[]) AND owner.name <> '' AND head.guest = owner.guest AND head.erased;

-- name: blank-acts
-- Acts of an erasure itself keep their reason: it says why the guest was erased.
UPDATE act SET reason = '', event_id = '', field = '' FROM head
WHERE act.guest = ANY (@guests::uuid[]) AND (act.reason <> '' OR act.event_id <> '' OR act.field <> '') AND head.guest = act.guest AND head.erased
  AND act.kind NOT IN ('guest_erased', 'erasure_lifted', 'erasure_file_taken');

-- name: delete-rejections
DELETE FROM rejection WHERE tenant = @tenant AND guest = ANY (@rejections::uuid[]);

-- name: blank-items
UPDATE operation_item SET guest = '', event_id = ''
WHERE guest = ANY (@names::text[]) AND operation IN (SELECT id FROM operation WHERE tenant = @tenant);

-- name: are-erased
SELECT EXISTS (SELECT 1 FROM erased_term WHERE hash = ANY (@terms::uuid[]));

-- name: has-erased
SELECT EXISTS (SELECT 1 FROM erased_term);

-- name: lift
WITH gone AS (
    DELETE FROM erasure WHERE of = @guest RETURNING guest
),
lifted AS (
    UPDATE head SET version = version + 1, floor = version + 1, erased = false,
        name = CASE WHEN head.guest = @guest THEN @name ELSE '' END
    FROM gone WHERE head.guest = gone.guest AND head.erased
    RETURNING head.guest
),
unnamed AS (
    DELETE FROM erased_term WHERE guest IN (SELECT guest FROM gone)
),
owned AS (
    UPDATE owner SET name = @name WHERE guest = @guest AND name = '' AND EXISTS (SELECT 1 FROM lifted)
)
INSERT INTO act (tenant, at, by, kind, reason, guest, sequence, event_id, via)
SELECT @tenant, @at, @by, 'erasure_lifted', @reason, guest, 0, '', @via FROM lifted WHERE guest = @guest;

-- name: mark
-- A transaction that is as old as this one may still see the rows that were deleted before it.
SELECT pg_current_xact_id()::xid::text;

-- name: is-held-back
-- What is older than the mark keeps dead rows from being removed.
SELECT EXISTS (
    SELECT 1 FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND backend_xmin IS NOT NULL AND age(backend_xmin) > age(@mark::text::xid)
) OR EXISTS (
    SELECT 1 FROM pg_replication_slots
    WHERE age(xmin) > age(@mark::text::xid) OR age(catalog_xmin) > age(@mark::text::xid)
) OR EXISTS (
    SELECT 1 FROM pg_prepared_xacts WHERE age(transaction) > age(@mark::text::xid)
);

-- name: may-vacuum
SELECT coalesce(bool_and(pg_has_role(relowner, 'USAGE')), false) FROM pg_class WHERE oid = 'journal'::regclass;

-- name: vacuum
-- It does not shorten the files, because that would lock out everyone else for a moment.
VACUUM (TRUNCATE false)
    journal, snapshot, term, owner, aside, late_change, act, operation, operation_item, rejection, head, file;
