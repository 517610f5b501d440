-- The operator's lists. Their rows are written by the batch of commits that changes them: see journal.sql.

-- name: asides
SELECT aside.guest, head.name, aside.sequence, aside.event_id, aside.type, aside.code, aside.at, aside.warnings
FROM aside
JOIN head ON head.guest = aside.guest
WHERE aside.tenant = @tenant AND aside.in_doubt = @in_doubt
  AND (aside.at, aside.guest, aside.sequence) > (@after_at, @after_guest, @after_sequence)
  AND aside.at < @before
  AND (@type = '' OR aside.type = @type) AND (@code = '' OR aside.code = @code)
  AND (@warning = '' OR (@warning = 'any' AND aside.warnings <> '')
    OR strpos(aside.warnings, chr(10) || @warning || ' ') > 0)
ORDER BY aside.at, aside.guest, aside.sequence
LIMIT @limit;

-- name: aside-groups
-- The sum over all groups, those beyond the limit included, is exact.
SELECT type, code, count(*), min(at), max(at), (sum(count(*)) OVER ())::bigint
FROM aside
WHERE tenant = @tenant AND in_doubt = @in_doubt AND at < @before
  AND (@type = '' OR type = @type) AND (@code = '' OR code = @code)
  AND (@warning = '' OR (@warning = 'any' AND warnings <> '')
    OR strpos(warnings, chr(10) || @warning || ' ') > 0)
GROUP BY type, code
ORDER BY count(*) DESC, type, code
LIMIT @limit;

-- name: asides-of-event
SELECT aside.guest, head.name, aside.sequence, aside.event_id, aside.type, aside.code, aside.at, aside.warnings
FROM aside
JOIN head ON head.guest = aside.guest
WHERE aside.tenant = @tenant AND aside.event_id = @event_id
ORDER BY aside.at, aside.guest, aside.sequence
LIMIT @limit;

-- name: backlog
SELECT guest, name, undelivered, since, block FROM head
WHERE maybe_pending AND pending AND guest > @after AND tenant = @tenant
ORDER BY guest
LIMIT @limit;

-- name: hot-backlog
SELECT guest, name, undelivered, since, block FROM head
WHERE hot AND guest > @after AND tenant = @tenant
ORDER BY guest
LIMIT @limit;

-- name: counts
-- Each count stops at a bound: it must stay cheap when much is wrong. The order is that of an index: without
-- it, the server would search for the few rows of a small tenant among all the rows of others.
WITH waiting AS MATERIALIZED (
    SELECT since, undelivered FROM head WHERE maybe_pending AND pending AND tenant = @tenant ORDER BY guest LIMIT @most
)
SELECT
    (SELECT count(*)::int FROM waiting),
    (SELECT count(*)::int FROM (
        SELECT 1 FROM head WHERE hot AND tenant = @tenant ORDER BY guest LIMIT @most) AS hot),
    (SELECT count(*)::int FROM (
        SELECT 1 FROM aside
        WHERE tenant = @tenant AND in_doubt = false ORDER BY at, guest, sequence LIMIT @most) AS quarantined),
    (SELECT count(*)::int FROM (
        SELECT 1 FROM aside
        WHERE tenant = @tenant AND in_doubt = true ORDER BY at, guest, sequence LIMIT @most) AS in_doubt),
    (SELECT coalesce(min(nullif(since, 0)), 0) FROM waiting),
    (SELECT coalesce(sum(undelivered), 0)::bigint FROM waiting),
    coalesce((SELECT at FROM aside
        WHERE tenant = @tenant AND in_doubt = false ORDER BY at, guest, sequence LIMIT 1), 0),
    coalesce((SELECT at FROM aside
        WHERE tenant = @tenant AND in_doubt = true ORDER BY at, guest, sequence LIMIT 1), 0);

-- name: insert-act
INSERT INTO act (tenant, at, by, kind, reason, guest, sequence, event_id, via, field)
VALUES (@tenant, @at, @by, @kind, @reason, nullif(@guest::uuid, '00000000-0000-0000-0000-000000000000'), @sequence, @event_id, @via, @field);

-- name: reveal
SELECT at FROM act WHERE tenant = @tenant AND by = @by AND kind = 'value_revealed'
ORDER BY id DESC
LIMIT 1 OFFSET @earlier;

-- name: audit
SELECT act.id, nullif(head.name, ''), act.kind, act.by, act.at, act.reason, act.sequence, act.event_id, act.via, act.field FROM act
LEFT JOIN head ON head.guest = act.guest
WHERE act.tenant = @tenant AND act.id < @before AND (@by = '' OR act.by = @by)
ORDER BY act.id DESC
LIMIT @limit;

-- name: audit-of-guest
SELECT act.id, nullif(head.name, ''), act.kind, act.by, act.at, act.reason, act.sequence, act.event_id, act.via, act.field FROM act
JOIN head ON head.guest = act.guest
WHERE act.guest = @guest AND act.id < @before AND (@by = '' OR act.by = @by)
ORDER BY act.id DESC
LIMIT @limit;

-- name: delete-acts
-- Oldest first: it reads a bounded number of acts, however many there are.
WITH deleted AS (
    DELETE FROM act WHERE id IN (
        SELECT id FROM (SELECT id, at FROM act ORDER BY id LIMIT @limit) AS oldest WHERE at < @before
    )
    RETURNING id
)
SELECT count(*)::int FROM deleted;
