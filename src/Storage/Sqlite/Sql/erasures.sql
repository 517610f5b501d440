-- Tombstones, and the deletion of what erased guests had.

-- name: erase-head
UPDATE head SET version = @version + 1, floor = @version + 1, erased = 1, name = '',
    pending = 0, undelivered = 0, since = 0, block = '', hot = 0, kept = x'', kept_at = 0, kept_commit = 0
WHERE guest = @guest AND version = @version AND erased = 0;

-- name: insert
INSERT INTO erasure (
    guest, of, operation, at, events, undelivered, aside, in_doubt, sent_sequence, sent_type, sent_attempt)
VALUES (
    @guest, @of, @operation, @at, @events, @undelivered, @aside, @in_doubt, @sent_sequence, @sent_type, @sent_attempt)
ON CONFLICT (guest) DO NOTHING;

-- name: insert-term
INSERT INTO erased_term (hash, guest) VALUES (@hash, @guest) ON CONFLICT DO NOTHING;

-- name: read
SELECT operation, at, events, undelivered, aside, in_doubt, sent_sequence, sent_type, sent_attempt
FROM erasure WHERE guest = @guest;

-- name: is-erased
SELECT EXISTS (SELECT 1 FROM head WHERE guest = @guest AND erased = 1);

-- name: delete-commits
DELETE FROM journal WHERE guest = @guest AND version <= (SELECT floor FROM head WHERE guest = @guest);

-- name: delete-late-changes
DELETE FROM late_change WHERE guest = @guest;

-- name: delete-snapshot
DELETE FROM snapshot WHERE guest = @guest;

-- name: delete-asides
DELETE FROM aside WHERE guest = @guest;

-- name: terms
-- Reads the whole index, which has no order by guest: ingest would pay for one with every new term.
SELECT hash FROM term WHERE guest = @guest;

-- name: delete-term
DELETE FROM term WHERE hash = @hash AND guest = @guest;

-- name: browsers
SELECT browser FROM owner WHERE guest = @guest AND name <> '';

-- name: blank-browser
UPDATE owner SET name = '' WHERE browser = @browser AND guest = @guest;

-- name: blank-acts
-- Acts of an erasure itself keep their reason: it says why the guest was erased.
UPDATE act SET reason = '', event_id = '', field = ''
WHERE guest = @guest AND (reason <> '' OR event_id <> '' OR field <> '') AND kind NOT IN ('guest_erased', 'erasure_lifted', 'erasure_file_taken');

-- name: delete-rejections
DELETE FROM rejection WHERE tenant = @tenant AND guest = @rejections;

-- name: blank-items
UPDATE operation_item SET guest = '', event_id = ''
WHERE guest = @name AND operation IN (SELECT id FROM operation WHERE tenant = @tenant);

-- name: is-erased-term
SELECT EXISTS (SELECT 1 FROM erased_term WHERE hash = @hash);

-- name: has-erased
SELECT EXISTS (SELECT 1 FROM erased_term);

-- name: lift-heads
UPDATE head SET version = version + 1, floor = version + 1, erased = 0,
    name = CASE WHEN guest = @guest THEN @name ELSE '' END
WHERE erased = 1 AND guest IN (SELECT guest FROM erasure WHERE of = @guest);

-- name: lift-terms
DELETE FROM erased_term WHERE guest IN (SELECT guest FROM erasure WHERE of = @guest);

-- name: name-browser
UPDATE owner SET name = @name WHERE browser = @browser AND guest = @guest;

-- name: blanked-browsers
SELECT browser FROM owner WHERE guest = @guest AND name = '';

-- name: lift
DELETE FROM erasure WHERE of = @guest;
