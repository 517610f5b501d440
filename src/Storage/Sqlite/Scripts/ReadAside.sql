SELECT aside.guest, head.name, aside.sequence, aside.event_id, aside.type, aside.code, aside.at, aside.warnings
FROM aside
JOIN head ON head.guest = aside.guest
WHERE aside.tenant = $tenant AND aside.in_doubt = $in_doubt
  AND (aside.at, aside.guest, aside.sequence) > ($at, $guest, $sequence)
  AND aside.at < $before
  AND ($type = '' OR aside.type = $type) AND ($code = '' OR aside.code = $code)
  AND ($warning = '' OR ($warning = 'any' AND aside.warnings <> '') OR instr(aside.warnings, char(10) || $warning || ' ') > 0)
ORDER BY aside.at, aside.guest, aside.sequence
LIMIT $limit;
