-- Commits, snapshots and search terms.

-- name: write-batch
-- One statement is one transaction and one round trip. Parameters are columns: @head_… have one entry per guest, in key
-- order; @row_… one per commit; @term_…, @aside_…, @gone_…, @act_… and @late_… as many as the commits bring.
WITH step AS (
    SELECT * FROM unnest(@head_guest::uuid[], @head_before::bigint[], @head_version::bigint[], @head_pending::boolean[],
            @head_tenant::text[], @head_name::text[], @head_undelivered::int[], @head_since::bigint[], @head_block::text[],
            @head_hot::boolean[], @head_kept::bytea[], @head_kept_at::bigint[], @head_kept_commit::bigint[],
            @head_kept_format::int[])
        AS step (guest, before, version, pending, tenant, name, undelivered, since, block, hot,
            kept, kept_at, kept_commit, kept_format)
),
-- The fence for new guests. A guest that has a head is not new, whatever version its row has.
opened AS (
    INSERT INTO head (guest, version, pending, maybe_pending, tenant, name, undelivered, since, block, hot,
        kept, kept_at, kept_commit, kept_format, opened)
    SELECT guest, version, pending, pending, tenant, name, undelivered, since, block, hot,
        kept, kept_at, kept_commit, kept_format, (now() AT TIME ZONE 'UTC')::date FROM step WHERE before = 0
    ON CONFLICT (guest) DO NOTHING
    RETURNING guest
),
-- The fence for known guests. A statement that waits here for another writer checks the version again afterwards.
moved AS (
    UPDATE head SET version = step.version, pending = step.pending, maybe_pending = head.maybe_pending OR step.pending,
        undelivered = step.undelivered, since = step.since, block = step.block, hot = step.hot,
        kept = step.kept, kept_at = step.kept_at, kept_commit = step.kept_commit, kept_format = step.kept_format,
        name = CASE head.name WHEN '' THEN step.name ELSE head.name END
    FROM step
    WHERE step.before > 0 AND head.guest = step.guest AND head.version = step.before AND NOT head.erased
    RETURNING head.guest
),
passed AS (SELECT guest FROM opened UNION ALL SELECT guest FROM moved),
-- "IS TRUE" keeps the planner from a join: it hashes the few guests, however many it expects.
written AS (
    INSERT INTO journal (guest, version, commit_id, at, day, format, payload, accepted, reached, left_line)
    SELECT guest, version, @commit, at, (now() AT TIME ZONE 'UTC')::date, format, payload, accepted, reached, left_line
    FROM unnest(@row_guest::uuid[], @row_version::bigint[], @row_at::bigint[], @row_format::int[], @row_payload::bytea[],
            @row_accepted::bigint[], @row_reached::bigint[], @row_left_line::bigint[])
        AS line (guest, version, at, format, payload, accepted, reached, left_line)
    WHERE (guest IN (SELECT guest FROM passed)) IS TRUE
),
indexed AS (
    INSERT INTO term (hash, guest)
    SELECT hash, guest FROM unnest(@term_hash::uuid[], @term_guest::uuid[]) AS found (hash, guest)
    WHERE (guest IN (SELECT guest FROM passed)) IS TRUE
    ON CONFLICT DO NOTHING
),
listed AS (
    INSERT INTO aside (guest, sequence, tenant, in_doubt, at, event_id, type, code, warnings)
    SELECT guest, sequence, tenant, in_doubt, at, event_id, type, code, warnings
    FROM unnest(@aside_guest::uuid[], @aside_sequence::bigint[], @aside_tenant::text[], @aside_in_doubt::boolean[],
            @aside_at::bigint[], @aside_event_id::text[], @aside_type::text[], @aside_code::text[], @aside_warnings::text[])
        AS found (guest, sequence, tenant, in_doubt, at, event_id, type, code, warnings)
    WHERE (guest IN (SELECT guest FROM passed)) IS TRUE
    ON CONFLICT (guest, sequence) DO UPDATE
    SET in_doubt = excluded.in_doubt, at = excluded.at, type = excluded.type, code = excluded.code,
        warnings = excluded.warnings
),
unlisted AS (
    DELETE FROM aside USING unnest(@gone_guest::uuid[], @gone_sequence::bigint[]) AS gone (guest, sequence)
    WHERE aside.guest = gone.guest AND aside.sequence = gone.sequence
      AND (gone.guest IN (SELECT guest FROM passed)) IS TRUE
),
acted AS (
    INSERT INTO act (tenant, at, by, kind, reason, guest, sequence, event_id, via)
    SELECT tenant, at, by, kind, reason, guest, sequence, event_id, via
    FROM unnest(@act_tenant::text[], @act_at::bigint[], @act_by::text[], @act_kind::text[], @act_reason::text[],
            @act_guest::uuid[], @act_sequence::bigint[], @act_event_id::text[], @act_via::text[])
        AS found (tenant, at, by, kind, reason, guest, sequence, event_id, via)
    WHERE (guest IN (SELECT guest FROM passed)) IS TRUE
),
changed_late AS (
    INSERT INTO late_change (guest, sequence, version, at)
    SELECT guest, sequence, version, at
    FROM unnest(@late_guest::uuid[], @late_sequence::bigint[], @late_version::bigint[], @late_at::bigint[])
        AS found (guest, sequence, version, at)
    WHERE (guest IN (SELECT guest FROM passed)) IS TRUE
)
SELECT guest FROM passed;

-- name: lock-heads
-- Besides taking the lock this makes the transaction a writing one, so that its commit waits for a synchronous standby:
-- by then the standby has everything that was visible here.
SELECT 1 FROM head WHERE guest = ANY (@guests::uuid[]) ORDER BY guest FOR NO KEY UPDATE;

-- name: read-back
-- Tells which rows are on disk under this commit id. The commit was tried a moment ago, with at most one midnight between.
SELECT EXISTS (
    SELECT 1 FROM journal
    WHERE journal.guest = line.guest AND journal.version = line.version AND journal.commit_id = @commit
      AND journal.day >= (now() AT TIME ZONE 'UTC')::date - 1)
  OR EXISTS (
    SELECT 1 FROM head
    WHERE head.guest = line.guest AND head.version = line.version AND head.kept_commit = @commit AND head.kept <> '')
FROM unnest(@guests::uuid[], @versions::bigint[]) WITH ORDINALITY AS line (guest, version, place)
ORDER BY place;

-- name: load-heads
-- Of each guest the head, the snapshot, and the days from which on there can be commits after it, in the order of the guests. Most
-- guests have no such commits: no partition is opened for them. OFFSET 0 makes the planner look each guest up by its key, whatever
-- it believes of the size of the tables.
SELECT
    coalesce(head.version, 0), coalesce(snapshot.version, 0), coalesce(snapshot.format, 0), snapshot.payload,
    greatest(head.opened, snapshot.since), (now() AT TIME ZONE 'UTC')::date,
    coalesce(head.kept_format, 0), coalesce(head.kept, ''), coalesce(head.floor, 0), coalesce(head.erased, false)
FROM unnest(@guests::uuid[]) WITH ORDINALITY AS asked (guest, place)
LEFT JOIN LATERAL (SELECT * FROM head WHERE head.guest = asked.guest OFFSET 0) AS head ON true
LEFT JOIN LATERAL (SELECT * FROM snapshot WHERE snapshot.guest = asked.guest OFFSET 0) AS snapshot
    ON snapshot.version > coalesce(head.floor, 0)
ORDER BY asked.place;

-- name: load-commits
-- Of each guest what "commits" says of one, in the order of the guests: the row with the head, then its commits. The days leave out
-- all other partitions: those of all guests when the statement begins, and those of one guest when its commits are read. One
-- midnight may lie between the two statements.
SELECT place::int, coalesce(head.version, 0), greatest(snapshot.version, head.floor, 0), NULL::bigint, coalesce(head.kept_format, 0),
    coalesce(head.kept, '')
FROM unnest(@guests::uuid[]) WITH ORDINALITY AS asked (guest, place)
LEFT JOIN head ON head.guest = asked.guest
LEFT JOIN snapshot ON snapshot.guest = asked.guest
UNION ALL
SELECT place::int, NULL, line.version, line.at, line.format, line.payload
FROM unnest(@guests::uuid[], @after::bigint[], @since::date[]) WITH ORDINALITY AS asked (guest, after, since, place)
CROSS JOIN LATERAL (
    SELECT version, at, format, payload FROM journal
    WHERE guest = asked.guest AND version > asked.after AND day >= asked.since AND day >= @oldest AND day <= @today + 1
    OFFSET 0) AS line
ORDER BY 1, 2 NULLS LAST, 3;

-- name: commits
-- The head, and the version up to which a snapshot or an erasure explains missing commits, in the first row; then the
-- rows: one statement sees one moment.
SELECT coalesce(head.version, 0), greatest(snapshot.version, head.floor, 0), NULL::bigint, coalesce(head.kept_format, 0),
    coalesce(head.kept, '')
FROM (VALUES (@guest::uuid)) AS asked (guest)
LEFT JOIN head ON head.guest = asked.guest
LEFT JOIN snapshot ON snapshot.guest = asked.guest
UNION ALL (
    SELECT NULL, version, at, format, payload FROM journal
    WHERE guest = @guest AND version > @after
    ORDER BY version
    LIMIT @limit);

-- name: find-row
SELECT version, at, format, payload FROM journal
WHERE guest = @guest AND version < @before AND position(@bytes IN payload) > 0
ORDER BY version DESC
LIMIT 1;

-- name: parts
-- The partitions from the newest on, with their blocks, and how much larger they are with the payloads that lie beside the rows;
-- one that was dropped a moment ago has no blocks.
SELECT from_day, to_day, coalesce(pg_relation_size(to_regclass(name)), 0) / current_setting('block_size')::bigint,
    coalesce(greatest(1, pg_table_size(to_regclass(name))::float8 / nullif(pg_relation_size(to_regclass(name)), 0)), 1)
FROM journal_partition
WHERE from_day <= @newest
ORDER BY from_day DESC;

-- name: stretch
-- Rows between two places on the disk. They are found first and looked up then: the planner would expect many of them.
WITH found AS MATERIALIZED (
    SELECT guest, version, at, format, payload FROM journal
    WHERE day >= @from AND day < @to AND ctid >= @first::text::tid AND ctid < @last::text::tid
      AND position(@bytes IN payload) > 0
)
SELECT found.version, found.at, found.format, found.payload, found.guest, head.tenant, head.name
FROM found
CROSS JOIN LATERAL (SELECT * FROM head WHERE head.guest = found.guest OFFSET 0) AS head
WHERE head.tenant = @tenant AND NOT head.erased AND found.version > head.floor AND head.name <> ''
LIMIT @most;

-- name: oldest
SELECT min(at) FROM journal
WHERE day >= @from AND day < @to AND ctid >= @first::text::tid AND ctid < @last::text::tid;

-- name: save-snapshots
-- No caller waits for a snapshot to reach the disk: retention's deletes follow it in the server's log, so none of them
-- can be kept without it. The snapshot was taken a moment ago, with at most one midnight in between.
INSERT INTO snapshot (guest, version, since, format, payload)
SELECT guest, version, (now() AT TIME ZONE 'UTC')::date - 1, format, payload
FROM unnest(@guests::uuid[], @versions::bigint[], @formats::int[], @payloads::bytea[])
        AS saved (guest, version, format, payload),
    (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
WHERE NOT EXISTS (SELECT 1 FROM head WHERE head.guest = saved.guest AND head.floor >= saved.version)
ON CONFLICT (guest) DO UPDATE
SET version = excluded.version, since = excluded.since, format = excluded.format, payload = excluded.payload
WHERE excluded.version > snapshot.version;

-- name: pending
SELECT guest, tenant FROM head
WHERE maybe_pending AND pending AND guest > @after
ORDER BY guest
LIMIT @limit;

-- name: tidy-pending
-- One page of the index, with what has to leave it. Skips heads that a commit has locked. Commits asynchronously: after a crash a
-- later sweep clears them again. A head that seems to be moved in the future was moved by a silo whose clock is wrong.
WITH page AS MATERIALIZED (
    SELECT guest, tenant FROM head WHERE maybe_pending AND guest > @after ORDER BY guest LIMIT @limit
),
delivered AS MATERIALIZED (
    SELECT guest FROM head
    WHERE guest IN (SELECT guest FROM page) AND maybe_pending AND NOT pending AND kept_at NOT BETWEEN @before AND @now
    FOR NO KEY UPDATE SKIP LOCKED
),
cleared AS (
    UPDATE head SET maybe_pending = false FROM delivered WHERE head.guest = delivered.guest
)
SELECT guest, tenant FROM page, (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
ORDER BY guest;

-- name: find-names
SELECT head.name FROM term
JOIN head ON head.guest = term.guest
WHERE term.hash = @hash AND head.name > @after
ORDER BY head.name
LIMIT @limit;

-- name: rewrite-commits
UPDATE journal SET format = line.format, payload = line.payload
FROM unnest(@versions::bigint[], @formats::int[], @payloads::bytea[]) AS line (version, format, payload)
WHERE journal.guest = @guest AND journal.version = line.version;
