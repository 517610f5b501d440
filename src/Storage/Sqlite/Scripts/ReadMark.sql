SELECT version, accepted, reached, settled FROM journal
WHERE guest = $guest AND version >= $from AND version < $to AND accepted > 0
ORDER BY version
LIMIT 1;
