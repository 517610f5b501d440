SELECT accepted FROM journal WHERE guest = $guest ORDER BY version LIMIT 1;
