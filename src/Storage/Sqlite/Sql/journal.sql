-- Commits, snapshots and search terms.

-- name: insert-head
INSERT INTO head (guest, tenant, name, version, pending, undelivered, since, block, hot, kept, kept_at, kept_commit, kept_format)
VALUES (@guest, @tenant, @name, 1, @pending, @undelivered, @since, @block, @hot, @kept, @kept_at, @kept_commit, @kept_format)
ON CONFLICT (guest) DO NOTHING;

-- name: move-head
-- The common case: "pending" and "hot" stay as they are, so their indexes are not touched.
UPDATE head SET version = @version, undelivered = @undelivered, since = @since, block = @block,
    kept = @kept, kept_at = @kept_at, kept_commit = @kept_commit, kept_format = @kept_format
WHERE guest = @guest AND version = @version - 1 AND pending = @pending AND hot = @hot AND name <> '';

-- name: move-head-and-flags
UPDATE head SET version = @version, undelivered = @undelivered, since = @since, block = @block,
    pending = @pending, hot = @hot, name = @name,
    kept = @kept, kept_at = @kept_at, kept_commit = @kept_commit, kept_format = @kept_format
WHERE guest = @guest AND version = @version - 1 AND erased = 0;

-- name: insert-commit
INSERT INTO journal (guest, version, commit_id, at, format, payload, accepted, reached, left_line)
VALUES (@guest, @version, @commit, @at, @format, @payload, @accepted, @reached, @left_line);

-- name: insert-late-change
INSERT INTO late_change (guest, sequence, version, at) VALUES (@guest, @sequence, @version, @at);

-- name: insert-term
INSERT INTO term (hash, guest) VALUES (@hash, @guest) ON CONFLICT DO NOTHING;

-- name: save-snapshot
INSERT INTO snapshot (guest, version, format, payload)
SELECT @guest, @version, @format, @payload
WHERE @version > coalesce((SELECT floor FROM head WHERE guest = @guest), 0)
ON CONFLICT (guest) DO UPDATE
SET version = excluded.version, format = excluded.format, payload = excluded.payload
WHERE excluded.version > snapshot.version;

-- name: read-back
SELECT EXISTS (SELECT 1 FROM journal WHERE guest = @guest AND version = @version AND commit_id = @commit)
    OR EXISTS (SELECT 1 FROM head WHERE guest = @guest AND version = @version AND kept_commit = @commit AND kept <> x'');

-- name: head
-- The second column is the version up to which commits may be missing: a snapshot covers them, or they were erased.
SELECT
    coalesce(head.version, 0), max(coalesce(snapshot.version, 0), coalesce(head.floor, 0)),
    coalesce(head.kept_format, 0), coalesce(head.kept, x''), coalesce(head.floor, 0), coalesce(head.erased, 0)
FROM (SELECT @guest AS guest) AS asked
LEFT JOIN head ON head.guest = asked.guest
LEFT JOIN snapshot ON snapshot.guest = asked.guest;

-- name: snapshot
SELECT version, format, payload FROM snapshot WHERE guest = @guest AND version > @floor;

-- name: rewrite-commit
UPDATE journal SET format = @format, payload = @payload WHERE guest = @guest AND version = @version;

-- name: commits
SELECT version, at, format, payload FROM journal
WHERE guest = @guest AND version > @after
ORDER BY version
LIMIT @limit;

-- name: find-row
SELECT version, at, format, payload FROM journal
WHERE guest = @guest AND version < @before AND instr(payload, @bytes) > 0
ORDER BY version DESC
LIMIT 1;

-- name: last-row
SELECT id, at FROM journal WHERE id < @place ORDER BY id DESC LIMIT 1;

-- name: first-row
SELECT id, at FROM journal WHERE id >= @place ORDER BY id LIMIT 1;

-- name: stretch
SELECT journal.version, journal.at, journal.format, journal.payload, journal.guest, head.tenant, head.name
FROM journal CROSS JOIN head ON head.guest = journal.guest
WHERE journal.id BETWEEN @first AND @last AND instr(journal.payload, @bytes) > 0
  AND head.tenant = @tenant AND head.erased = 0 AND journal.version > head.floor AND head.name <> '';

-- name: pending
SELECT guest, tenant FROM head
WHERE pending = 1 AND guest > @after
ORDER BY guest
LIMIT @limit;

-- name: find-names
SELECT head.name FROM term
JOIN head ON head.guest = term.guest
WHERE term.hash = @hash AND head.name > @after
ORDER BY head.name
LIMIT @limit;
