-- The common case: what is pending stays so, and the index on it is left alone.
UPDATE head SET version = $version
WHERE guest = $guest AND version = $version - 1 AND pending = $pending;
