SELECT guest, tenant FROM head
WHERE pending AND guest > $1
ORDER BY guest
LIMIT $2;
