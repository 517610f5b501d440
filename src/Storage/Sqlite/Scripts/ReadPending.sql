SELECT guest, tenant FROM head
WHERE pending = 1 AND guest > $after
ORDER BY guest
LIMIT $limit;
