SELECT guest, name, undelivered, since, block FROM head
WHERE hot = 1 AND guest > $after AND tenant = $tenant
ORDER BY guest
LIMIT $limit;
