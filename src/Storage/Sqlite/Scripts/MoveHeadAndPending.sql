UPDATE head SET version = $version, undelivered = $undelivered, since = $since, block = $block,
    pending = $pending, hot = $hot
WHERE guest = $guest AND version = $version - 1;
