UPDATE head SET version = $version, pending = $pending
WHERE guest = $guest AND version = $version - 1;
