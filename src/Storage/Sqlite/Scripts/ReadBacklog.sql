SELECT guest, name, undelivered, since, block FROM head
WHERE pending = 1 AND guest > $after AND tenant = $tenant
ORDER BY guest
LIMIT $limit;
