SELECT act.id, head.name, act.kind, act.by, act.at, act.reason, act.sequence, act.event_id FROM act
LEFT JOIN head ON head.guest = act.guest
WHERE act.tenant = $1 AND act.id < $2 AND ($3 = '' OR act.by = $3)
ORDER BY act.id DESC
LIMIT $4;
