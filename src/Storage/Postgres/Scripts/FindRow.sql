SELECT version, at, format, payload FROM journal
WHERE guest = $1 AND version < $2 AND position($3 IN payload) > 0
ORDER BY version DESC
LIMIT 1;
