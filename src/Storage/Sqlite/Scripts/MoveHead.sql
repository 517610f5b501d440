-- The common case: what is pending or hot stays so, and the indexes on it are left alone.
UPDATE head SET version = $version, undelivered = $undelivered, since = $since, block = $block
WHERE guest = $guest AND version = $version - 1 AND pending = $pending AND hot = $hot;
