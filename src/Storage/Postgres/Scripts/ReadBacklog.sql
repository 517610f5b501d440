SELECT guest, name, undelivered, since, block FROM head
WHERE pending AND guest > $1 AND tenant = $2
ORDER BY guest
LIMIT $3;
