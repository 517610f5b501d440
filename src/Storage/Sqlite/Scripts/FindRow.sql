SELECT version, at, format, payload FROM journal
WHERE guest = $guest AND version < $before AND instr(payload, $bytes) > 0
ORDER BY version DESC
LIMIT 1;
