SELECT act.id, head.name, act.kind, act.by, act.at, act.reason, act.sequence, act.event_id FROM act
LEFT JOIN head ON head.guest = act.guest
WHERE act.tenant = $tenant AND act.id < $before AND ($by = '' OR act.by = $by)
ORDER BY act.id DESC
LIMIT $limit;
