SELECT version, at, format, payload FROM journal
WHERE guest = $guest AND version > $after
ORDER BY version
LIMIT $limit;
