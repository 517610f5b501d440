-- The operator's lists.

-- name: save-aside
INSERT INTO aside (guest, sequence, tenant, in_doubt, at, event_id, type, code, warnings)
VALUES (@guest, @sequence, @tenant, @in_doubt, @at, @event_id, @type, @code, @warnings)
ON CONFLICT (guest, sequence) DO UPDATE
SET in_doubt = excluded.in_doubt, at = excluded.at, type = excluded.type, code = excluded.code,
    warnings = excluded.warnings;

-- name: delete-aside
DELETE FROM aside WHERE guest = @guest AND sequence = @sequence;

-- name: asides
SELECT aside.guest, head.name, aside.sequence, aside.event_id, aside.type, aside.code, aside.at, aside.warnings
FROM aside
JOIN head ON head.guest = aside.guest
WHERE aside.tenant = @tenant AND aside.in_doubt = @in_doubt
  AND (aside.at, aside.guest, aside.sequence) > (@after_at, @after_guest, @after_sequence)
  AND aside.at < @before
  AND (@type = '' OR aside.type = @type) AND (@code = '' OR aside.code = @code)
  AND (@warning = '' OR (@warning = 'any' AND aside.warnings <> '')
    OR instr(aside.warnings, char(10) || @warning || ' ') > 0)
ORDER BY aside.at, aside.guest, aside.sequence
LIMIT @limit;

-- name: aside-groups
-- The sum over all groups, those beyond the limit included, is exact.
SELECT type, code, count(*), min(at), max(at), (sum(count(*)) OVER ())
FROM aside
WHERE tenant = @tenant AND in_doubt = @in_doubt AND at < @before
  AND (@type = '' OR type = @type) AND (@code = '' OR code = @code)
  AND (@warning = '' OR (@warning = 'any' AND warnings <> '')
    OR instr(warnings, char(10) || @warning || ' ') > 0)
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
WHERE pending = 1 AND guest > @after AND tenant = @tenant
ORDER BY guest
LIMIT @limit;

-- name: hot-backlog
SELECT guest, name, undelivered, since, block FROM head
WHERE hot = 1 AND guest > @after AND tenant = @tenant
ORDER BY guest
LIMIT @limit;

-- name: counts
-- Each count stops at a bound: it must stay cheap when much is wrong.
SELECT
    (SELECT count(*) FROM (SELECT 1 FROM head WHERE pending = 1 AND tenant = @tenant LIMIT @most)),
    (SELECT count(*) FROM (SELECT 1 FROM head WHERE hot = 1 AND tenant = @tenant LIMIT @most)),
    (SELECT count(*) FROM (SELECT 1 FROM aside WHERE tenant = @tenant AND in_doubt = 0 LIMIT @most)),
    (SELECT count(*) FROM (SELECT 1 FROM aside WHERE tenant = @tenant AND in_doubt = 1 LIMIT @most)),
    (SELECT coalesce(min(nullif(since, 0)), 0)
        FROM (SELECT since FROM head WHERE pending = 1 AND tenant = @tenant LIMIT @most)),
    (SELECT coalesce(sum(undelivered), 0)
        FROM (SELECT undelivered FROM head WHERE pending = 1 AND tenant = @tenant LIMIT @most)),
    coalesce((SELECT min(at) FROM aside WHERE tenant = @tenant AND in_doubt = 0), 0),
    coalesce((SELECT min(at) FROM aside WHERE tenant = @tenant AND in_doubt = 1), 0);

-- name: insert-act
INSERT INTO act (tenant, at, by, kind, reason, guest, sequence, event_id, via, field)
VALUES (@tenant, @at, @by, @kind, @reason, @guest, @sequence, @event_id, @via, @field);

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
DELETE FROM act WHERE id IN (
    SELECT id FROM (SELECT id, at FROM act ORDER BY id LIMIT @limit) WHERE at < @before
);
