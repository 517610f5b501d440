SELECT aside.guest, head.name, aside.sequence, aside.event_id, aside.type, aside.code, aside.at, aside.warnings
FROM aside
JOIN head ON head.guest = aside.guest
WHERE aside.tenant = $1 AND aside.in_doubt = $2
  AND (aside.at, aside.guest, aside.sequence) > ($3, $4, $5)
  AND aside.at < $6
  AND ($7 = '' OR aside.type = $7) AND ($8 = '' OR aside.code = $8)
  AND ($10 = '' OR ($10 = 'any' AND aside.warnings <> '') OR strpos(aside.warnings, chr(10) || $10 || ' ') > 0)
ORDER BY aside.at, aside.guest, aside.sequence
LIMIT $9;
